"""One person at a browser, without the browser: speaks the app's own websocket protocol and counts time and bytes."""

import asyncio
import time
from dataclasses import dataclass

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SUCCESS = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY


@dataclass(frozen=True)
class Answer:
    """What came back for one click: seconds until the script was finished, bytes received, sentences of exceptions."""

    seconds: float
    received: int
    errors: tuple[str, ...]


class Person:
    """A session with the server. `async with Person(url) as person: await person.click("kaart", "gemeente=GM0599")`."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("http://", "ws://") + "/_stcore/stream"

    async def __aenter__(self) -> "Person":
        self._socket = await websockets.connect(
            self._url,
            subprotocols=["streamlit"],
            max_size=None,
            origin=self._url.replace("ws://", "http://").split("/_st")[0],
        )
        return self

    async def __aexit__(self, *details: object) -> None:
        await self._socket.close()

    async def click(self, page: str, query: str = "", timeout: float = 60) -> Answer:
        """Ask for a page with these choices in the address; wait until it is finished."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = page
        start, received, errors = time.perf_counter(), 0, []
        await self._socket.send(message.SerializeToString())
        while True:
            data = await asyncio.wait_for(self._socket.recv(), timeout)
            received += len(data)
            answer = ForwardMsg.FromString(data)
            if answer.WhichOneof("type") == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                errors.append(answer.delta.new_element.exception.message)
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished == SUCCESS:
                return Answer(time.perf_counter() - start, received, tuple(errors))

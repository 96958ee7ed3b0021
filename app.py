"""wijkdata: the entry of the app. `streamlit run app.py`, or `python start.py`, which also sets everything up.

The server imports this file for `app`, what it serves; Streamlit runs it as a script at every click.
"""

import streamlit as st

from wijkdata.ui import gate, language, shell

if __name__ == "__main__":
    shell.run()
else:
    app = st.App(__file__, middleware=[*gate.MIDDLEWARE, language.MIDDLEWARE])

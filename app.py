"""wijkdata: the entry of the app. `streamlit run app.py`, or `python start.py`, which also sets everything up."""

from wijkdata.ui import shell

shell.run()

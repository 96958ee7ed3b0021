"""Statistics: frames in, frozen dataclasses out. No SQL, no Streamlit, no charts; numpy and pandas only."""

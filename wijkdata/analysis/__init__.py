"""Statistics: frames in, frozen dataclasses out. No SQL, no Streamlit, no charts; numpy, pandas and scipy only."""

"""Answers -> drawings and files. No Streamlit here, so a chart can be tested, printed and reused in a report."""

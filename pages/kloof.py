"""Temporary: address layer trial."""

import streamlit as st

from wijkdata.ui import address, blocks, shell

shell.guard()
blocks.head("Kloof", "Nederland", "Proef")
with blocks.choices():
    a = address.choose("gemeente", "Gemeente", ["GM0001", "GM0002", "GM0003"], "GM0002", lambda c: {"GM0001": "Een", "GM0002": "Twee", "GM0003": "Drie"}[c])
    b = address.choose("niveau", "Niveau", ["wijk", "buurt"], "wijk", kind="segmented")
st.write("gekozen", a, b)
if blocks.figure("Eerste figuur", short="Kort een"):
    st.write("FIG1")
if blocks.figure("Tweede figuur", short="Kort twee"):
    st.write("FIG2")

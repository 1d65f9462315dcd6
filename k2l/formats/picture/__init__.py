"""The picture of dependencies and waves: what is drawn, what of it is put together, where it stands, and how it is written as SVG."""

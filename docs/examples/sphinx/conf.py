project = "Our team"
extensions = ["myst_parser", "timeline.sphinx", "sphinxcontrib.mermaid"]

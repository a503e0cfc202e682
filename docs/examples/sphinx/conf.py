project = "Our team"
extensions = ["myst_parser", "timeline.engines.sphinx", "sphinxcontrib.mermaid"]

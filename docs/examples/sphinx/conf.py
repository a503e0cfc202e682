project = "Our team"
extensions = ["myst_parser", "timeline.embed.sphinx", "sphinxcontrib.mermaid"]

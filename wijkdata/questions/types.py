"""The answers: frozen dataclasses that views draw and pages show. A section per question."""

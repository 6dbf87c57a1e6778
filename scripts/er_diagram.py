"""Writes the entity-relationship diagram of our own models into docs/architecture.md.

`--check` writes nothing and fails when the document is behind the models.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- begin: scripts/er_diagram.py -->", "<!-- end -->"
_CARDINALITY = {"many_to_one": "}o--||", "one_to_one": "|o--||", "many_to_many": "}o--o{"}


def diagram() -> str:
    """The diagram in Mermaid's language: every model of ours, its columns and its relations."""
    from django.apps import apps

    ours = [
        model
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and ".venv" not in config.path
        for model in config.get_models()
    ]
    entities, relations = [], []
    for model in sorted(ours, key=lambda model: model.__name__):
        meta = model._meta  # noqa: SLF001 - Django documents it
        entities.append(f"    {model.__name__} {{")
        for field in meta.concrete_fields:
            kind = field.get_internal_type().removesuffix("Field") or "Field"
            key = " PK" if field.primary_key else " FK" if field.is_relation else ""
            entities.append(f"        {kind} {field.attname}{key}")
        entities.append("    }")
        for field in [*meta.concrete_fields, *meta.many_to_many]:
            if field.is_relation and field.related_model in ours:
                arrow = next(sign for name, sign in _CARDINALITY.items() if getattr(field, name))
                arrow = arrow.replace("--||", "--o|") if field.null else arrow
                target = field.related_model.__name__
                relations.append(f"    {model.__name__} {arrow} {target} : {field.name}")
    return "\n".join(["```mermaid", "erDiagram", *relations, *entities, "```"])


def main() -> int:
    """Write or check; 0 when document and models agree."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verbalcoach.settings")
    import django

    django.setup()
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _old, after = rest.split(END)
    new = f"{before}{BEGIN}\n{diagram()}\n{END}{after}"
    if "--check" in sys.argv:
        if new != text:
            print("docs/architecture.md is behind the models: run scripts/er_diagram.py")
        return int(new != text)
    DOCUMENT.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

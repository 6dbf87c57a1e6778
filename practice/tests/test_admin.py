"""The admin: content to edit and as tables, and practice to read."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import SecurityEvent, User
from practice import content_tables, services
from practice.models import PracticeSession, Question, Sequence
from tests.askers import asker, with_factor


def staff_who_may(*names: str) -> Client:
    user = User.objects.create_user("staff@example.org", None, is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return asker(user, given=with_factor(user)).browser


@pytest.fixture
def editor(db) -> Client:
    models = ("question", "sequence", "step")
    return staff_who_may(
        *(f"{verb}_{model}" for verb in ("view", "add", "change") for model in models)
    )


def sent(table: str, **fields):
    return {"file": io.BytesIO(table.encode("utf-8-sig"))} | fields


IMPORT = "admin:practice_question_import"
QUESTION = "name,category,text,follow_ups,is_offered\n"


def test_table_that_was_exported_changes_nothing_when_it_is_read_again(editor):
    for kind, table in (
        ("question", content_tables.QUESTIONS),
        ("sequence", content_tables.SEQUENCES),
    ):
        answer = editor.get(reverse(f"admin:practice_{kind}_table"))
        assert answer["Content-Disposition"].endswith(f'{kind}s.csv"')
        plan = content_tables.read(table, answer.content.decode("utf-8-sig"))
        assert (plan.new, plan.changed, plan.problems) == ([], [], [])
        assert plan.same >= 8


def test_table_is_checked_before_it_is_stored(editor):
    known = Question.objects.first()
    table = f"{QUESTION}{known.name},{known.category},Changed?,One|Two,no\nbrand-new,work,New?,,\n"
    html = editor.post(reverse(IMPORT), sent(table)).content.decode()
    assert "Add 1, change 1, leave 0 as they are. Nothing is stored yet." in html
    assert not Question.objects.filter(name="brand-new").exists()
    editor.post(reverse(IMPORT), {"text": table, "import": "1"})
    known.refresh_from_db()
    assert (known.text, known.follow_ups, known.is_offered) == ("Changed?", ["One", "Two"], False)
    assert Question.objects.get(name="brand-new").level == "medium"


def test_errors_are_told_by_line_and_column_and_nothing_is_stored(editor):
    table = (
        f"{QUESTION}good,work,Good?,,\nbad name,work,Why?,,\nodd,cooking,,,perhaps\ngood,work,X,,\n"
    )
    answer = editor.post(reverse(IMPORT), sent(table, **{"import": "1"}))
    assert answer.status_code == 422
    found = {(problem.line, problem.column) for problem in answer.context["plan"].problems}
    assert found == {(3, "name"), (4, "category"), (4, "text"), (4, "is_offered"), (5, "name")}
    assert not Question.objects.filter(name="good").exists()


@pytest.mark.parametrize(
    ("table", "line", "column"),
    [
        ("", 1, "category"),
        ("name,category\n", 1, "text"),
        (f"{QUESTION.strip()},colour\n", 1, "colour"),
        (QUESTION, 1, ""),
        (f"{QUESTION}a,work\n", 2, ""),
        (f'{QUESTION}a,work,"Why?,,\n', 2, ""),
    ],
)
def test_what_is_no_such_table_is_told(table, line, column, db):
    problems = content_tables.read(content_tables.QUESTIONS, table).problems
    assert (line, column) in {(problem.line, problem.column) for problem in problems}


def test_file_that_is_no_text_is_refused(editor):
    answer = editor.post(reverse(IMPORT), {"file": io.BytesIO(b"\xff\xfe\x00PK")})
    assert "no CSV file in UTF-8" in answer.content.decode()


def test_sequence_is_imported_with_its_steps_and_their_errors_are_told(editor, sequence):
    head = "name;title;kind;step_title;seconds;is_spoken\n"
    table = f"{head}lift;In the lift;custom;Think;0:20;no\nlift;;;Pitch;90;yes\n"
    editor.post(reverse("admin:practice_sequence_import"), {"text": table, "import": "1"})
    steps = Sequence.objects.get(name="lift").steps.order_by("number")
    assert list(steps.values_list("number", "title", "seconds", "is_spoken")) == [
        (1, "Think", 20, False),
        (2, "Pitch", 90, True),
    ]
    wrong = content_tables.read(
        content_tables.SEQUENCES, f"{head}lift;In the lift;swimming;Think;soon;no\n"
    )
    assert {(each.line, each.column) for each in wrong.problems} == {(2, "kind"), (2, "seconds")}


def test_cell_that_a_spreadsheet_would_run_is_written_with_an_apostrophe_and_read_without(db):
    Question.objects.create(name="sum", category="work", text="=1+1")
    table = content_tables.write(content_tables.QUESTIONS)
    assert ",'=1+1," in table
    assert not content_tables.read(content_tables.QUESTIONS, table).changed


def test_table_needs_the_rights_to_see_or_to_add_and_change(db):
    viewer = staff_who_may("view_question")
    assert viewer.get(reverse("admin:practice_question_table")).status_code == 200
    assert viewer.get(reverse(IMPORT)).status_code == 403
    assert viewer.post(reverse(IMPORT), {"text": QUESTION, "import": "1"}).status_code == 403
    assert viewer.get(reverse("admin:practice_sequence_table")).status_code == 403
    assert (
        "Import CSV"
        not in viewer.get(reverse("admin:practice_question_changelist")).content.decode()
    )


def test_steps_change_places_in_the_admin(editor, sequence):
    editor_rights = Permission.objects.filter(codename="delete_step")
    User.objects.get(email="staff@example.org").user_permissions.add(*editor_rights)
    address = reverse("admin:practice_sequence_change", args=[sequence.pk])
    steps = list(sequence.steps.order_by("number"))
    count = len(steps)
    data = {"name": sequence.name, "title": "Anew", "kind": sequence.kind, "description": ""}
    data |= {"steps-TOTAL_FORMS": count, "steps-INITIAL_FORMS": count}
    for place, step in enumerate(steps):
        data |= {f"steps-{place}-id": step.pk, f"steps-{place}-sequence": sequence.pk}
        data |= {f"steps-{place}-number": count - place, f"steps-{place}-title": step.title}
        data |= {f"steps-{place}-seconds": step.seconds}
    data["steps-0-DELETE"] = "on"
    answer = editor.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    expected = [step.title for step in reversed(steps[1:])]
    assert list(sequence.steps.order_by("number").values_list("title", flat=True)) == expected


def test_questions_are_found_by_words_and_filters(editor):
    address = reverse("admin:practice_question_changelist")
    for query in ("?q=lift", "?category=interview&level=hard", "?role=any", "?competence=Learning"):
        assert editor.get(f"{address}{query}").status_code == 200
    question = Question.objects.exclude(follow_ups=[]).first()
    page = editor.get(reverse("admin:practice_question_change", args=[question.pk]))
    assert question.follow_ups[0] in page.content.decode()


def test_sequences_of_people_are_not_there_for_staff(editor, alice, sequence):
    own = services.copy_sequence(alice, sequence)
    assert editor.get(reverse("admin:practice_sequence_change", args=[own.pk])).status_code == 302
    assert str(own.pk) not in editor.get(reverse("admin:practice_sequence_table")).content.decode()


def test_practice_is_read_only_and_opening_it_is_told_to_its_owner(alice):
    session = services.start(alice)
    services.write_notes(session, notes="My secret.")
    staff = staff_who_may(*(f"{verb}_practicesession" for verb in ("view", "change", "delete")))
    address = reverse("admin:practice_practicesession_change", args=[session.pk])
    listed = staff.get(reverse("admin:practice_practicesession_changelist"))
    assert "My secret." not in listed.content.decode()
    assert not SecurityEvent.objects.filter(kind="opened_by_staff").exists()
    for _time in range(2):
        assert "My secret." in staff.get(address).content.decode()
    event = SecurityEvent.objects.get(user=alice, kind="opened_by_staff")
    assert event.detail == {"practice": session.pk, "name": "Free practice"}
    assert staff.post(address, {"notes": "Changed."}).status_code == 403
    assert staff.post(f"{address.replace('change', 'delete')}", {"post": "yes"}).status_code == 403
    assert PracticeSession.objects.get().notes == "My secret."

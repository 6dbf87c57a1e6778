"""A product of the faults' own: what they break, nobody else stands on."""

import pytest

from tests.stack import running_stack


@pytest.fixture(scope="package")
def stack(tmp_path_factory, django_db_setup):
    with running_stack(tmp_path_factory.mktemp("faults"), django_db_setup) as stack:
        yield stack

"""One open stand a file of journeys; a failed one shows the ends of its processes' logs."""

from collections.abc import Generator, Iterator

import pytest

from tests.journeys.floor import Floor, logs, opened


@pytest.fixture(scope="module")
def floor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    """An open stand; every journey leaves it at the attract screen with all parts well."""
    with opened(tmp_path_factory.mktemp(request.module.__name__.rpartition(".")[2])) as made:
        yield made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the logs to a failure's report."""
    report = yield
    floor = getattr(item, "funcargs", {}).get("floor")
    if report.failed and isinstance(floor, Floor):
        report.sections.append(("the stand's logs", logs(floor.places)))
    return report

import subprocess
import sys

from kiosk.store import sql_table, statements


def test_the_generated_sql_is_that_of_the_tables() -> None:
    assert statements.TARGET.read_text(encoding="utf-8") == statements.render()


def test_every_statement_is_there_by_its_name() -> None:
    assert all(isinstance(getattr(sql_table, name), str) for name in statements.STATEMENTS)
    assert len(sql_table.SALES_SCHEMA) > len(sql_table.CATALOGUE_SCHEMA) > 0


def test_the_lane_starts_without_sqlalchemy() -> None:
    program = (
        "import sys, kiosk.bootstrap.lane; "
        "sys.exit(bool({'sqlalchemy', 'sqlmodel', 'kivy', 'fastapi'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

"""Long work: watched, taken once, and no fault of it lost."""

import logging
import secrets
import time
from threading import Event

import pytest

from admin.progress import File, Jobs, Progress, Report
from tests.admin.neighbours import Office
from web.errors import Refused

FILE = File(b"x", "text/plain", "x.txt")


def finished(jobs: Jobs, name: str) -> Progress:
    deadline = time.monotonic() + 10
    while not (told := jobs.look("secretary", name)).done:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return told


def test_a_work_tells_how_far_it_is(office: Office) -> None:
    half, go = Event(), Event()

    def work(report: Report) -> File:
        report(0.5, "job.document", title="Biên bản")
        half.set()
        assert go.wait(10)
        return FILE

    with office.app.test_request_context():
        jobs = Jobs()
        name = jobs.start("secretary", work)
        assert half.wait(10)
        told = jobs.look("secretary", name)
        assert (told.share, told.done) == (0.5, False)
        assert "Biên bản" in told.words
        with pytest.raises(Refused, match="job_running"):
            jobs.take("secretary", name)
        go.set()
        assert finished(jobs, name).share == 1.0
        assert jobs.take("secretary", name) == FILE
        with pytest.raises(Refused, match="job_unknown"):
            jobs.take("secretary", name)


def test_a_work_that_fails_says_why(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(_report: Report) -> File:
        raise Refused("no_delegates")

    def broken(_report: Report) -> File:
        raise ValueError(sent)

    sent = secrets.token_hex(8)
    caplog.set_level(logging.DEBUG)
    with office.app.test_request_context():
        jobs = Jobs()
        assert "danh sách" in finished(jobs, jobs.start("secretary", refused)).error
        told = finished(jobs, jobs.start("secretary", broken))
        assert told.done
        assert told.error != ""
    assert "ValueError in a long work" in caplog.text
    assert sent not in caplog.text


def test_nobody_fills_the_memory(office: Office) -> None:
    go = Event()

    def waiting(_report: Report) -> File:
        go.wait(10)
        return FILE

    with office.app.test_request_context():
        jobs = Jobs()
        for number in range(8):
            jobs.start(f"secretary {number}", waiting)
        with pytest.raises(Refused, match="jobs_many"):
            jobs.start("secretary", waiting)
        go.set()


def test_one_account_leaves_room_for_others(office: Office) -> None:
    """A file may be half a gigabyte: whoever asks again and again holds two at most."""
    go = Event()

    def waiting(_report: Report) -> File:
        go.wait(10)
        return FILE

    with office.app.test_request_context():
        jobs = Jobs()
        names = [jobs.start("secretary", waiting) for _ in range(2)]
        with pytest.raises(Refused, match="jobs_many"):
            jobs.start("secretary", waiting)
        jobs.start("chair", waiting)
        go.set()
        for name in names:
            finished(jobs, name)
        jobs.start("secretary", waiting)  # instead of a file that nobody took
        with pytest.raises(Refused, match="job_unknown"):
            jobs.look("secretary", names[0])
        assert jobs.take("secretary", names[1]) == FILE

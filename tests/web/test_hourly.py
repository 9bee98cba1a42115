"""The hourly work: what fails is undone and logged without a word of the data, and the rest is done."""

from __future__ import annotations

import logging

from sqlalchemy import select

from app.models.db import db
from app.models.policy import Policy
from app.services.hourly_batch import one_by_one
from tests.conftest import start_policy


def test_one_that_fails_is_undone_and_keeps_no_other_waiting(app, client, stranger, caplog) -> None:
    start_policy(client)
    with app.app_context():
        broken, sound = db.session.scalars(select(Policy.id).order_by(Policy.id)).all()
        db.session.rollback()

        def rename(id: str) -> bool:
            db.session.get_one(Policy, id).unit = "Ny"
            db.session.flush()
            if id == broken:
                raise ValueError("hemmelig")
            return True

        with caplog.at_level(logging.ERROR, "rusoff"):
            assert one_by_one([broken, sound], rename, "renaming") == 1
        db.session.expire_all()
        units = {policy.id: policy.unit for policy in db.session.scalars(select(Policy))}
        db.session.rollback()
    assert units == {broken: "", sound: "Ny"}
    assert [line.getMessage() for line in caplog.records] == ["renaming failed: ValueError"]

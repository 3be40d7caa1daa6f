"""Lets files pass whose license is allowed."""
import larder_stage


def license_gate(record, stage):
    license = record.get("license")
    if license in stage.options["allow"]:
        return record
    if license is None and stage.options.get("unknown", "keep") == "keep":
        return record
    return larder_stage.drop(f"license {license or 'unknown'} is not allowed")


larder_stage.transform(license_gate, summary="Drops files whose license is not allowed")

"""The report of what became of fields, by reason."""

from __future__ import annotations

from k2l.dev.dispositions import ledgers, main, report, tally

WEB = """
apiVersion: v1
kind: ConfigMap
metadata: {name: %s}
data: {colour: %s}
"""


def write(folder, **files):
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_leaves_and_objects_are_counted_by_reason(tmp_path):
    write(tmp_path, one=WEB % ("a", "red"), two=WEB % ("b", "blue"))
    found = tally(ledgers(tmp_path, []))
    one = found["nothing-reads-it", "not-applicable"]
    assert (one.leaves, one.objects) == (8, 2)
    assert one.paths["ConfigMap.data.colour"] == 2


def test_files_that_define_an_object_twice_are_inputs_of_their_own(tmp_path):
    write(tmp_path, one=WEB % ("a", "red"), two=WEB % ("a", "blue"))
    assert len(list(ledgers(tmp_path, []))) == 2


def test_the_report_gives_each_reason_with_its_sentence_and_its_commonest_fields(tmp_path):
    write(tmp_path, one=WEB % ("a", "red"))
    lines = list(report(tally(ledgers(tmp_path, [])), paths=1))
    assert lines[1].split() == ["nothing-reads-it", "not-applicable", "4", "1", "ConfigMap.apiVersion"]
    assert lines[2].strip() == "Nothing in the input uses this object."
    assert lines[-1].strip() == "and 3 other fields"


def test_what_cannot_be_converted_is_told(tmp_path, monkeypatch, capsys):
    job = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: %s, annotations: {k2l.dev/name: same}}\nspec: {schedule: '@daily', %s}\n"
    pods = "jobTemplate: {spec: {template: {spec: {containers: [{name: one, image: 'registry.example/one:1.0'}]}}}}"
    write(tmp_path, one=f"{job % ('a', pods)}---\n{job % ('b', pods)}")
    monkeypatch.setattr("sys.argv", ["dispositions", str(tmp_path)])
    assert main() == 1
    assert "would both be called same" in capsys.readouterr().err

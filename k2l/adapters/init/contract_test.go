package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const smallest = `{"schema": "k2l.init/v1", "function": "shop-tidy", "mode": "job", "image": {"source": "a", "architecture": "arm64"},
 "command": ["tidy"], "args": null, "workingDir": null, "environment": [], "files": [], "writable": [], "links": [], "listen": [],
 "http": null, "job": {"timeout": 60, "deadline": null, "gracePeriod": null}}`

func read(t *testing.T, text string) (*Contract, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "init.json")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return readContract(file)
}

func TestAContractIsReadWhole(t *testing.T) {
	text := strings.Replace(smallest, `"args": null`, `"args": ["-v", {"parts": ["a", {"variable": "B"}, {"from": "ssm:/c", "else": ["d"]}]}]`, 1)
	contract, err := read(t, text)
	if err != nil {
		t.Fatal(err)
	}
	parts := contract.Args[1]
	if contract.Args[0][0].Literal != "-v" || parts[0].Literal != "a" || *parts[1].Variable != "B" || parts[2].Else[0].Literal != "d" {
		t.Errorf("args are %+v", contract.Args)
	}
}

func TestAContractThatDoesNotHoldIsRefused(t *testing.T) {
	for _, change := range [][2]string{
		{`init/v1`, `init/v2`},
		{`"mode": "job"`, `"mode": "daemon"`},
		{`"mode": "job"`, `"mode": "serve"`},
		{`"http": null`, `"http": null, "more": 1`},
		{`["tidy"]`, `[]`},
		{`["tidy"]`, `[{"parts": [{"from": "ssm:/a/"}]}]`},
		{`["tidy"]`, `[{"parts": [{}]}]`},
		{`"timeout": 60`, `"timeout": 0`},
		{`"environment": []`, `"environment": [{"name": "A", "value": "1", "from": "ssm:/a"}]`},
		{`"environment": []`, `"environment": [{"name": "A"}]`},
		{`"environment": []`, `"environment": [{"prefix": "A", "from": "ssm:/a"}]`},
		{`"environment": []`, `"environment": [{"name": "A=B", "value": "1"}]`},
		{`"writable": []`, `"writable": [{"path": "/a", "target": "/tmp/../etc"}]`},
		{`"writable": []`, `"writable": [{"path": "/a", "target": "/var/a"}]`},
		{`"links": []`, `"links": [{"path": "/a", "target": "/tmp/a"}]`},
		{`"files": []`, `"files": [{"path": "/a", "mode": "0644", "from": "ssm:/a", "target": "/tmp"}]`},
		{`"files": []`, `"files": [{"path": "/a", "mode": "0999", "source": "files/a"}]`},
		{`"listen": []`, `"listen": [{"port": 0, "target": "ssm:/a", "timeout": 1}]`},
		{`"listen": []`, `"listen": [{"port": 1, "target": "secretsmanager:a#b", "timeout": 1}]`},
	} {
		text := strings.Replace(smallest, change[0], change[1], 1)
		if text == smallest {
			t.Fatalf("nothing changed by %v", change)
		}
		if _, err := read(t, text); err == nil {
			t.Errorf("nothing is said about %s", change[1])
		}
	}
	if _, err := read(t, smallest); err != nil {
		t.Errorf("the unchanged contract is refused: %s", err)
	}
}

func TestAReferenceSaysStoreNameAndKey(t *testing.T) {
	for text, expected := range map[string]Reference{
		"ssm:/a/b":                    {Source: Source{"ssm", "/a/b"}},
		"ssm:/a/b/?optional":          {Source: Source{"ssm", "/a/b/"}, Optional: true},
		"secretsmanager:a/b#c":        {Source: Source{"secretsmanager", "a/b"}, Key: "c"},
		"secretsmanager:a@b?optional": {Source: Source{"secretsmanager", "a@b"}, Optional: true},
	} {
		var read Reference
		if err := read.UnmarshalText([]byte(text)); err != nil || read != expected || read.String() != text {
			t.Errorf("%s is read as %+v, %v", text, read, err)
		}
	}
	for _, text := range []string{"db:a", "ssm:a", "ssm:", "secretsmanager:", "", "secretsmanager:#a"} {
		if err := new(Reference).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for a reference", text)
		}
	}
}

func TestAModeKeepsItsUpperBits(t *testing.T) {
	var mode Mode
	if err := mode.UnmarshalText([]byte("4640")); err != nil || mode.file() != 0o640|os.ModeSetuid {
		t.Errorf("4640 is %s, %v", mode.file(), err)
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func content(t *testing.T, parts ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func mode(t *testing.T, parts ...string) os.FileMode {
	t.Helper()
	info, err := os.Stat(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func written(path, target string, from Reference) File {
	return File{Path: path, Mode: 0o440, From: &from, Target: target}
}

func TestAFileHoldsItsValueWithItsMode(t *testing.T) {
	folder := t.TempDir()
	contract := Contract{Files: []File{
		written("/etc/a", folder+"/etc/a", Reference{Source: Source{secrets, "db"}, Key: "password"}),
		written("/etc/b", folder+"/etc/b", Reference{Source: Source{secrets, "absent"}, Key: "x", Optional: true}),
	}}
	if err := os.MkdirAll(folder+"/etc", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder+"/etc/b", []byte("of an earlier start"), 0o400); err != nil {
		t.Fatal(err)
	}
	for range []string{"first", "again"} {
		if err := contract.prepare(stored); err != nil {
			t.Fatal(err)
		}
	}
	if content(t, folder, "etc/a") != "p4ss" || mode(t, folder, "etc/a") != 0o440 {
		t.Errorf("%s %s", content(t, folder, "etc/a"), mode(t, folder, "etc/a"))
	}
	entries, err := os.ReadDir(folder + "/etc")
	if err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestManyValuesAreAFolder(t *testing.T) {
	folder := t.TempDir()
	contract := Contract{Files: []File{
		written("/etc/all", folder+"/all", Reference{Source: Source{parameters, "/b/"}}),
		written("/etc/none", folder+"/none", Reference{Source: Source{secrets, "absent"}, Optional: true}),
	}}
	if err := contract.prepare(stored); err != nil {
		t.Fatal(err)
	}
	if content(t, folder, "all/HOST") != "h" || content(t, folder, "all/user") != "other" {
		t.Error("a value is missing")
	}
	if entries, err := os.ReadDir(folder + "/none"); err != nil || len(entries) != 0 {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestAMemberCannotBeWrittenElsewhere(t *testing.T) {
	for _, name := range []string{"../x", "..", ".", "", "a/b", "a\x00"} {
		folder := t.TempDir()
		values := Values{{secrets, "db"}: {members: Members{name: "v4lue"}}}
		contract := Contract{Files: []File{written("/etc/all", folder+"/all", Reference{Source: Source{secrets, "db"}})}}
		if err := contract.prepare(values); err == nil || !strings.Contains(err.Error(), "secretsmanager:db: ") || strings.Contains(err.Error(), "v4lue") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestAWritableFolderIsForEveryUser(t *testing.T) {
	folder := t.TempDir()
	contract := Contract{Writable: []Folder{{"/cache/a", folder + "/v/a"}, {"/cache", folder + "/v"}}, Links: []Folder{{"/data", folder + "/mnt/x"}}}
	if err := contract.prepare(nil); err != nil {
		t.Fatal(err)
	}
	if mode(t, folder, "v") != 0o777 || mode(t, folder, "v/a") != 0o777 || mode(t, folder, "mnt/x") != 0o755 {
		t.Errorf("%s %s", mode(t, folder, "v"), mode(t, folder, "v/a"))
	}
}

func TestWhatLiesBelowALinkIsPutThereAtStart(t *testing.T) {
	folder, kept := t.TempDir(), t.TempDir()
	contract := Contract{
		Writable: []Folder{{"/app", folder + "/app"}, {"/app/cache/deep", folder + "/deep"}, {"/app/cache", folder + "/cache"}},
		Files: []File{
			{Path: "/app/settings", Mode: 0o640, Source: "files/app/settings"},
			{Path: "/elsewhere", Mode: 0o640, Source: "files/elsewhere"},
			written("/app/key", folder+"/files/app/key", Reference{Source: Source{secrets, "db"}, Key: "password"}),
			written("/etc/all", folder+"/files/etc/all", Reference{Source: Source{parameters, "/b/"}}),
			{Path: "/etc/all/baked", Mode: 0o444, Source: "files/etc/all/baked"},
			written("/etc/all/user", folder+"/files/etc/all/user", Reference{Source: Source{secrets, "db"}, Key: "user"}),
		},
	}
	for _, name := range []string{"app/settings", "etc/all/baked"} {
		if err := writeFile(filepath.Join(kept, name), "baked "+name, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range []string{"first", "again"} {
		for _, w := range contract.Writable {
			if err := makeWritable(w.Target); err != nil {
				t.Fatal(err)
			}
		}
		if err := firstError(contract.writeFiles(stored), contract.nest(kept)); err != nil {
			t.Fatal(err)
		}
	}
	for name, expected := range map[string]string{
		"app/settings": "baked app/settings", "app/key": "p4ss", "files/etc/all/baked": "baked etc/all/baked",
		"files/etc/all/HOST": "h", "files/etc/all/user": "u",
	} {
		if given := content(t, folder, name); given != expected {
			t.Errorf("%s holds %q", name, given)
		}
	}
	if mode(t, folder, "app/settings") != 0o640 {
		t.Error(mode(t, folder, "app/settings"))
	}
	for at, expected := range map[string]string{"app/cache": folder + "/cache", "cache/deep": folder + "/deep"} {
		if target, err := os.Readlink(filepath.Join(folder, at)); err != nil || target != expected {
			t.Errorf("%s leads to %q, %v", at, target, err)
		}
	}
}

func TestAFileThatTheBuildForgotIsNamed(t *testing.T) {
	contract := Contract{Writable: []Folder{{"/app", t.TempDir()}}, Files: []File{{Path: "/app/settings", Source: "files/app/settings"}}}
	if err := contract.nest(t.TempDir()); err == nil || !strings.Contains(err.Error(), "/app/settings") {
		t.Error(err)
	}
}

func TestScratchHoldsWhatItHeldBefore(t *testing.T) {
	folder := t.TempDir()
	if err := writeFile(folder+"/extension/state", "kept", 0o600); err != nil {
		t.Fatal(err)
	}
	scratch, err := rememberScratch([]string{folder, folder + "/none"})
	if err != nil {
		t.Fatal(err)
	}
	if err := writeFile(folder+"/k2l/a/secret", "x", 0o400); err != nil {
		t.Fatal(err)
	}
	if err := firstError(os.Chmod(folder+"/k2l/a", 0o500), os.Symlink("/etc", folder+"/link"), scratch.wipe()); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 || content(t, folder, "extension/state") != "kept" {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestAProgramIsFoundAsAnEngineFindsIt(t *testing.T) {
	folder := t.TempDir()
	for name, permissions := range map[string]Mode{"bin/tool": 0o755, "bin/data": 0o644, "own": 0o755} {
		if err := writeFile(filepath.Join(folder, name), "", permissions); err != nil {
			t.Fatal(err)
		}
	}
	variables := Environment{"PATH": "/none:" + folder + "/bin:relative"}
	for name, expected := range map[string]string{
		"tool": folder + "/bin/tool", "./own": folder + "/own", folder + "/own": folder + "/own", "data": "", "none": "", "": "", "bin/none": "", "./bin": "",
	} {
		contract := Contract{Command: []Text{{{Literal: name}}}, Args: []Text{{{Literal: "x"}}}}
		command, err := contract.command(nil, variables, folder)
		if expected == "" && err == nil || expected != "" && (err != nil || command.program != expected) {
			t.Errorf("%q is found at %+v, %v", name, command, err)
		}
	}
}

func TestAWorkingDirectoryIsMadeWhereThatIsPossible(t *testing.T) {
	directory := Text{{Literal: t.TempDir()}, {Literal: "/made"}}
	contract := Contract{Command: []Text{{{Literal: "/bin/sh"}}}, WorkingDir: &directory}
	command, err := contract.command(nil, Environment{}, "/")
	if err != nil || mode(t, command.directory) != 0o755 {
		t.Errorf("%+v, %v", command, err)
	}
	directory = Text{{Literal: "/dev/null"}}
	if _, err := contract.command(nil, Environment{}, "/"); err == nil {
		t.Error("a file is taken for a directory")
	}
}

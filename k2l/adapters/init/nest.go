package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// nest puts in place what lies below a path that is itself a link, such as a file in a folder of a Secret: the folder behind that link is
// made at start, so that no build can put anything there. Baked files are copied from kept, everything else becomes a link.
func (c *Contract) nest(kept string) error {
	linked := c.linked()
	paths := make([]string, 0, len(linked))
	for path := range linked {
		paths = append(paths, path)
	}
	// Outer links before those inside them.
	sort.Strings(paths)
	for _, path := range paths {
		if at := through(path, linked); at != path && at != linked[path] {
			if err := makeLink(at, linked[path]); err != nil {
				return err
			}
		}
	}
	for _, f := range c.Files {
		at := through(f.Path, linked)
		if f.From != nil || at == f.Path {
			continue
		}
		content, err := os.ReadFile(filepath.Join(kept, f.Path))
		if err != nil {
			return fmt.Errorf("the build did not keep the file for %s: %w", f.Path, err)
		}
		if err := writeFile(at, string(content), f.Mode); err != nil {
			return err
		}
	}
	return nil
}

// linked are the paths that are links, with their targets.
func (c *Contract) linked() map[string]string {
	made := map[string]string{}
	for _, folder := range append(append([]Folder{}, c.Writable...), c.Links...) {
		if folder.Path != folder.Target {
			made[folder.Path] = folder.Target
		}
	}
	for _, f := range c.Files {
		if f.From != nil && f.Path != f.Target {
			made[f.Path] = f.Target
		}
	}
	return made
}

// through is where a path lies when the links above it are followed: below the target of the innermost, or itself.
func through(path string, linked map[string]string) string {
	for above := filepath.Dir(path); above != "/"; above = filepath.Dir(above) {
		if target, there := linked[above]; there {
			return filepath.Join(target, strings.TrimPrefix(path, above))
		}
	}
	return path
}

// makeLink makes at a link to target in place of what is there, as a mount would cover it. On a file system that others share, only a link
// gives way.
func makeLink(at, target string) error {
	info, err := os.Lstat(at)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return err
		}
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink == 0 && !isBelow(at, "/tmp"):
		return fmt.Errorf("%s cannot lead to %s: something else is there", at, target)
	default:
		if err := os.RemoveAll(at); err != nil {
			return err
		}
	}
	return os.Symlink(target, at)
}

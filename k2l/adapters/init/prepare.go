package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// prepare makes the folders and files that the contract names, and the links that no build could make.
func (c *Contract) prepare(values Values) error {
	for _, w := range c.Writable {
		if err := makeWritable(w.Target); err != nil {
			return err
		}
	}
	for _, link := range c.Links {
		if err := os.MkdirAll(link.Target, 0o755); err != nil {
			return err
		}
	}
	if err := c.writeFiles(values); err != nil {
		return err
	}
	return c.nest(keptFiles)
}

// writeFiles writes what comes from references. What an earlier start left goes first: /tmp outlives a start that failed.
func (c *Contract) writeFiles(values Values) error {
	for _, f := range c.Files {
		if f.From == nil {
			continue
		}
		if err := os.RemoveAll(f.Target); err != nil {
			return err
		}
	}
	for _, f := range c.Files {
		if f.From == nil {
			continue
		}
		if err := f.write(values); err != nil {
			return err
		}
	}
	return nil
}

// makeWritable makes a folder that every user may write to, whatever the umask. One that was there before may belong to somebody else.
func makeWritable(folder string) error {
	_, missing := os.Stat(folder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	err := os.Chmod(folder, 0o777)
	if missing == nil && errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}

// write makes one file, or a folder with a file for each of many values. What is optional and absent leaves nothing, or an empty folder.
func (f File) write(values Values) error {
	if !f.From.many() {
		value, there, err := values.one(*f.From)
		if err != nil || !there {
			return err
		}
		return writeFile(f.Target, value, f.Mode)
	}
	members, err := values.many(*f.From)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.Target, 0o755); err != nil {
		return err
	}
	for name, value := range members {
		if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\x00") {
			return fmt.Errorf("%s: %q is no name for a file", f.From, name)
		}
		if err := writeFile(filepath.Join(f.Target, name), value, f.Mode); err != nil {
			return err
		}
	}
	return nil
}

// writeFile makes a file anew, whole from the moment on at which it can be seen, and never readable by more than mode says.
func writeFile(path, content string, mode Mode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".k2l-")
	if err != nil {
		return err
	}
	_, err = file.WriteString(content)
	err = firstError(err, file.Chmod(mode.file()), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return nil
}

package index

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// ErrDamaged is what is wrong with a file that is not as it was written.
var ErrDamaged = errors.New("the index is damaged")

func damaged(what string) error { return fmt.Errorf("%w: %s", ErrDamaged, what) }

// An output is a segment that is written, and where it has come to.
type output struct {
	out io.Writer
	at  int64
	ctx context.Context // ends the writing; nil for nothing
}

func (o *output) write(data []byte) error {
	if o.ctx != nil && o.ctx.Err() != nil {
		return o.ctx.Err()
	}
	n, err := o.out.Write(data)
	o.at += int64(n)
	return err
}

// writeBuffer is how much is written to a file at once.
const writeBuffer = 256 << 10

// A disk is what an index does to files. Tests have it fail at any step.
type disk struct {
	// before is asked before each step, nil for none: its error ends the step before it has done
	// anything, and of a write after half of it.
	before func(step, path string) error
}

func (d *disk) step(step, path string) error {
	if d.before == nil {
		return nil
	}
	return d.before(step, path)
}

// A newFile is a file that is written and has no name that counts yet.
type newFile struct {
	disk     *disk
	path     string
	file     *os.File
	buffered *bufio.Writer
}

func (d *disk) create(path string) (*newFile, error) {
	if err := d.step("create", path); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return nil, err
	}
	f := &newFile{disk: d, path: path, file: file}
	f.buffered = bufio.NewWriterSize(steppedWriter{f}, writeBuffer)
	return f, nil
}

func (f *newFile) Write(data []byte) (int, error) { return f.buffered.Write(data) }

type steppedWriter struct{ *newFile }

func (w steppedWriter) Write(data []byte) (int, error) {
	if err := w.disk.step("write", w.path); err != nil {
		n, _ := w.file.Write(data[:len(data)/2])
		return n, err
	}
	return w.file.Write(data)
}

// finish puts all that was written on disk.
func (f *newFile) finish() error {
	if err := f.buffered.Flush(); err != nil {
		return err
	}
	if err := f.disk.step("sync", f.path); err != nil {
		return err
	}
	return f.file.Sync()
}

func (d *disk) rename(from, to string) error {
	if err := d.step("rename", to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

func (d *disk) remove(path string) error {
	if err := d.step("remove", path); err != nil {
		return err
	}
	return os.Remove(path)
}

// syncFolder puts the names of a folder on disk.
func (d *disk) syncFolder(path string) error {
	if err := d.step("sync", path); err != nil {
		return err
	}
	return syncFolder(path)
}

package main

import (
	"context"
	"encoding/binary"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// The first byte of a key says what it is of: the key of a posting is the sample or hash and the article.
const (
	ofPosting = 'P'
	ofRow     = 'R'
	ofBlock   = 'T'
)

func postingKey(key uint64, article uint32) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64([]byte{ofPosting}, key), article)
}

func numberKey(of byte, number uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte{of}, number)
}

// prefixBytes is what of a posting's key names the sample or hash.
const prefixBytes = 9

// lsm is Pebble: an LSM tree. Filters tell, by the sample, the files that have none of it.
type lsm struct {
	db *pebble.DB
	*sketcher
}

type quiet struct{ pebble.Logger }

func (quiet) Infof(string, ...any)  {}
func (quiet) Errorf(string, ...any) {}

func openPebble(path string) (store, error) {
	comparer := *pebble.DefaultComparer
	comparer.Split = func(key []byte) int {
		if key[0] == ofPosting {
			return prefixBytes
		}
		return len(key)
	}
	comparer.Name = "newsdedup.stores"
	cache := pebble.NewCache(64 << 20)
	defer cache.Unref()
	o := &pebble.Options{Comparer: &comparer, MemTableSize: 32 << 20, Cache: cache, Logger: quiet{}}
	o.ApplyCompressionSettings(func() pebble.DBCompressionSettings { return pebble.DBCompressionBalanced })
	for i := range o.Levels {
		o.Levels[i].FilterPolicy = bloom.FilterPolicy(10)
	}
	db, err := pebble.Open(path, o)
	if err != nil {
		return nil, err
	}
	x := &lsm{db: db, sketcher: newSketcher()}
	return x, x.count()
}

// count finds out where numbers go on.
func (x *lsm) count() error {
	for _, of := range []struct {
		kind byte
		into *uint32
	}{{ofRow, &x.articles}, {ofBlock, &x.blocks}} {
		i, err := x.db.NewIter(&pebble.IterOptions{LowerBound: []byte{of.kind}, UpperBound: []byte{of.kind + 1}})
		if err != nil {
			return err
		}
		if i.Last() {
			*of.into = binary.BigEndian.Uint32(i.Key()[1:]) + 1
		}
		if err := i.Close(); err != nil {
			return err
		}
	}
	return nil
}

func (x *lsm) add(_ context.Context, articles []corpusgen.Article) (spent, error) {
	all, blocks, err := x.sketchAll(articles)
	if err != nil {
		return spent{}, err
	}
	clock := start()
	batch := x.db.NewBatch()
	defer batch.Close()
	for _, one := range all {
		for i, key := range one.keys {
			if err := batch.Set(postingKey(key, x.articles), one.weight[i:i+1], nil); err != nil {
				return spent{}, err
			}
		}
		if err := batch.Set(numberKey(ofRow, x.articles), one.row, nil); err != nil {
			return spent{}, err
		}
		x.articles++
	}
	for _, block := range blocks {
		if err := batch.Set(numberKey(ofBlock, x.blocks), block, nil); err != nil {
			return spent{}, err
		}
		x.blocks++
	}
	err = batch.Commit(pebble.Sync)
	return clock.spent(), err
}

func (x *lsm) ask(_ context.Context, article corpusgen.Article) (int, spent, error) {
	one := x.sketch(article)
	clock := start()
	i, err := x.db.NewIter(nil)
	if err != nil {
		return 0, spent{}, err
	}
	found := make(votes)
	for _, key := range one.keys {
		left := mostPostings
		for ok := i.SeekPrefixGE(postingKey(key, 0)[:prefixBytes]); ok && left > 0; ok = i.Next() {
			left--
			found[binary.BigEndian.Uint32(i.Key()[prefixBytes:])]++
		}
	}
	if err := i.Close(); err != nil {
		return 0, spent{}, err
	}
	if err := x.fetch(found); err != nil {
		return 0, spent{}, err
	}
	return len(found), clock.spent(), nil
}

func (x *lsm) fetch(found votes) error {
	if len(found) == 0 {
		return nil
	}
	row, closer, err := x.db.Get(numberKey(ofRow, found.most()))
	if err != nil {
		return err
	}
	block := binary.LittleEndian.Uint32(row[rowBytes-4:])
	if err := closer.Close(); err != nil {
		return err
	}
	_, closer, err = x.db.Get(numberKey(ofBlock, block))
	if err != nil {
		return err
	}
	return closer.Close()
}

func (x *lsm) close() error { return x.db.Close() }

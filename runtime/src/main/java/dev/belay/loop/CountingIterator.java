package dev.belay.loop;

import java.util.Iterator;

/** Counts the elements that a loop took from an iterator, so that a fresh one can be brought to the same place. */
public final class CountingIterator implements Iterator<Object> {

    private Iterator<?> delegate;
    private long count;

    CountingIterator(Iterator<?> delegate) {
        this.delegate = delegate;
    }

    public long count() {
        return count;
    }

    @Override
    public boolean hasNext() {
        return delegate.hasNext();
    }

    @Override
    public Object next() {
        Object element = delegate.next();
        count++;
        return element;
    }

    @Override
    public void remove() {
        delegate.remove();
    }

    /**
     * Takes elements until {@code wanted} were taken, as the loop did: some iterators fetch in {@code hasNext}.
     *
     * @return false if there are fewer
     */
    public boolean advanceTo(long wanted) {
        while (count < wanted) {
            if (!hasNext()) {
                return false;
            }
            next();
        }
        return true;
    }
}

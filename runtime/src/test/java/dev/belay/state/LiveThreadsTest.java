package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The JDK knows which threads live and what they work for. */
class LiveThreadsTest {

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_thread_is_listed_while_it_lives_with_what_it_was_started_to_run() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Runnable task = () -> await(end);
        Thread thread = new Thread(task);
        assertThat(LiveThreads.all()).contains(Thread.currentThread()).doesNotContain(thread);
        thread.start();
        assertThat(LiveThreads.all()).contains(thread);
        assertThat(LiveThreads.task(thread)).containsSame(task);
        assertThat(LiveThreads.pool(thread)).isNull();
        end.countDown();
        thread.join();
        assertThat(LiveThreads.all()).doesNotContain(thread);
    }

    @Test
    void tasks_that_wait_for_a_thread_of_a_pool_are_counted() throws InterruptedException {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread[] worker = new Thread[1];
        pool.execute(() -> {
            worker[0] = Thread.currentThread();
            begun.countDown();
            await(end);
        });
        await(begun);
        assertThat(LiveThreads.pool(worker[0])).isSameAs(pool);
        assertThat(LiveThreads.waitingTasks(worker[0])).isZero();
        pool.execute(() -> {});
        pool.execute(() -> {});
        assertThat(LiveThreads.waitingTasks(worker[0])).isEqualTo(2);
        assertThat(LiveThreads.waitingTasks(Thread.currentThread())).isZero();
        end.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void a_worker_of_a_fork_join_pool_has_that_pool() throws InterruptedException, ExecutionException {
        ForkJoinPool pool = new ForkJoinPool(1);
        assertThat(pool.submit(() -> LiveThreads.pool(Thread.currentThread())).get())
                .isSameAs(pool);
        pool.shutdown();
    }

    @Test
    void virtual_threads_are_listed_too() throws ReflectiveOperationException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= 21, "needs a JDK with virtual threads");
        CountDownLatch end = new CountDownLatch(1);
        Runnable task = () -> await(end);
        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        assertThat(LiveThreads.all()).contains(thread);
        assertThat(LiveThreads.task(thread)).isEmpty();
        end.countDown();
        thread.join();
        assertThat(LiveThreads.all()).doesNotContain(thread);
    }
}

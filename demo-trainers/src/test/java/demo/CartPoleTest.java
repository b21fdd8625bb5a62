package demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CartPoleTest {

    private static final int SEED = 7;

    private static int ticks(java.util.function.ToIntFunction<float[]> player) {
        CartPole game = new CartPole(new Random(SEED));
        game.reset();
        while (!game.over()) {
            game.push(player.applyAsInt(game.observation()));
        }
        return game.ticks();
    }

    @Test
    void pushing_to_one_side_lets_the_pole_fall() {
        assertThat(ticks(o -> 1)).isBetween(5, 15);
    }

    @Test
    void following_the_pole_keeps_it_up_for_longer() {
        assertThat(ticks(o -> o[2] + o[3] > 0 ? 1 : 0)).isGreaterThan(100);
    }

    @Test
    void a_push_to_the_right_moves_the_cart_right_and_the_pole_left() {
        CartPole game = new CartPole(new Random(SEED));
        game.push(1);
        assertThat(game.observation()[1]).isPositive();
        assertThat(game.observation()[3]).isNegative();
    }
}

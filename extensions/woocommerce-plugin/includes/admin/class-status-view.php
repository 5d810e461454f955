<?php
/**
 * How the connected store stands.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * Status, key numbers, problems, and the way into the app.
 */
final class Status_View {

	/**
	 * Prints it.
	 */
	public static function show() {
		$news   = Numbers::get();
		$answer = $news['answer'];
		$moves  = $answer && 'importing' === $answer['status'];
		echo '<div id="trellis-status"' . ( $moves ? ' data-trellis-poll' : '' ) . '>';
		echo '<div class="card"><div class="trellis-head"><h2>' . esc_html( self::word( $answer ? $answer['status'] : '' ) ) . '</h2><div class="trellis-actions">';
		Page::form( 'open', ' target="_blank"' );
		echo '<button type="submit" class="button button-primary">' . esc_html__( 'Open Trellis', 'trellis-for-woocommerce' ) . ' <span class="dashicons dashicons-external" aria-hidden="true"></span><span class="screen-reader-text"> ' . esc_html__( '(opens in a new tab)', 'trellis-for-woocommerce' ) . '</span></button></form>';
		Page::form( 'refresh' );
		echo '<button type="submit" class="button">' . esc_html__( 'Refresh', 'trellis-for-woocommerce' ) . '</button></form></div></div>';
		if ( $moves ) {
			self::progress( $answer['progress'] );
		}
		if ( $answer && $answer['numbers'] ) {
			self::numbers( $answer['numbers'] );
		}
		$lost = self::refused( $news['code'] );
		if ( '' !== $news['error'] && array() === $lost ) {
			echo '<p role="status">' . esc_html( $news['error'] ) . '</p>';
		}
		if ( $news['at'] > 0 ) {
			/* translators: %s: span of time, such as "2 mins" */
			echo '<p class="description">' . esc_html( sprintf( __( 'As of %s ago.', 'trellis-for-woocommerce' ), human_time_diff( $news['at'] ) ) ) . '</p>';
		}
		echo '</div>';
		self::problems( array_merge( $lost, $answer ? $answer['problems'] : array(), Health::all() ) );
		echo '</div>';
	}

	/**
	 * Prints what stands in the way, each code once.
	 *
	 * @param array<int, array{code: string, message: string}> $problems See Health.
	 */
	public static function problems( array $problems ) {
		if ( array() === $problems ) {
			return;
		}
		echo '<div class="card"><h2>' . esc_html__( 'What needs your attention', 'trellis-for-woocommerce' ) . '</h2><ul class="ul-disc">';
		$seen = array();
		foreach ( $problems as $problem ) {
			if ( '' === $problem['code'] || ! isset( $seen[ $problem['code'] ] ) ) {
				$seen[ $problem['code'] ] = true;
				echo '<li>' . esc_html( $problem['message'] ) . '</li>';
			}
		}
		echo '</ul></div>';
	}

	/**
	 * What a refusal of the app means for the merchant.
	 *
	 * @param string $code The app's word.
	 */
	private static function refused( $code ) {
		if ( in_array( $code, array( 'forged', 'unsigned' ), true ) ) {
			return array(
				array(
					'code'    => 'connection-lost',
					'message' => __( 'Trellis does not know this connection any more. Disconnect below and connect again; your settings in Trellis stay.', 'trellis-for-woocommerce' ),
				),
			);
		}
		return array();
	}

	/**
	 * The status in words.
	 *
	 * @param string $status The app's word.
	 */
	private static function word( $status ) {
		switch ( $status ) {
			case 'importing':
				return __( 'Reading your products and orders', 'trellis-for-woocommerce' );
			case 'ready':
				return __( 'Trellis is at work', 'trellis-for-woocommerce' );
			case 'needs-attention':
				return __( 'Something needs your attention', 'trellis-for-woocommerce' );
			default:
				return __( 'Connected', 'trellis-for-woocommerce' );
		}
	}

	/**
	 * How far the import is.
	 *
	 * @param float|null $share 0 to 1; null where nobody knows yet.
	 */
	private static function progress( $share ) {
		$label = __( 'Import', 'trellis-for-woocommerce' );
		if ( null === $share ) {
			printf( '<p><progress aria-label="%s"></progress></p>', esc_attr( $label ) );
			return;
		}
		printf( '<p><progress max="100" value="%1$d" aria-label="%2$s"></progress> %3$s</p>', (int) round( $share * 100 ), esc_attr( $label ), esc_html( number_format_i18n( $share * 100 ) . ' %' ) );
	}

	/**
	 * The key numbers.
	 *
	 * @param array<int, array{label: string, value: string, note: string}> $numbers See Numbers::parse.
	 */
	private static function numbers( array $numbers ) {
		echo '<dl class="trellis-numbers">';
		foreach ( $numbers as $number ) {
			echo '<div><dt>' . esc_html( $number['label'] ) . '</dt><dd>' . esc_html( $number['value'] ) . '</dd>';
			if ( '' !== $number['note'] ) {
				echo '<dd class="description">' . esc_html( $number['note'] ) . '</dd>';
			}
			echo '</div>';
		}
		echo '</dl>';
	}
}

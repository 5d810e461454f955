<?php
/**
 * Reviews that earn points.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Orders;

use Trellis\WooCommerce\Connection\Client;
use Trellis\WooCommerce\Connection\Connection;
use WP_Comment;

defined( 'ABSPATH' ) || exit;

/**
 * Tells the app whose review of which product stands, once it does, and when none does any more: Action Scheduler does it,
 * so that nobody waits, and tries again where the app does not answer. The text and the stars stay in the store.
 */
final class Reviews {

	const HOOK = 'trellis_review';

	/** Seconds until the next try, by how many there were. */
	const PAUSES = array( 300, 3600, 21600, 86400 );

	/**
	 * A comment was written; it may stand at once.
	 *
	 * @param int        $id       Number of the comment.
	 * @param int|string $approved 1, 0 or "spam".
	 */
	public static function written( $id, $approved ) {
		if ( 1 === (int) $approved && 'spam' !== $approved ) {
			self::soon( get_comment( $id ) );
		}
	}

	/**
	 * A comment is allowed to stand, or not any more.
	 *
	 * @param string     $status  What it is now.
	 * @param string     $before  What it was.
	 * @param WP_Comment $comment The comment.
	 */
	public static function judged( $status, $before, $comment ) {
		if ( 'approved' === $status || 'approved' === $before ) {
			self::soon( $comment );
		}
	}

	/**
	 * Tells what is the case now, whatever it was about: one of several reviews may stand still. What goes with its product
	 * was no worse for that.
	 *
	 * @param int $customer Number of the customer.
	 * @param int $product  Number of the product.
	 * @param int $tries    How often it was tried before.
	 */
	public static function tell( $customer, $product, $tries = 0 ) {
		if ( (int) $product < 1 || 'product' !== get_post_type( (int) $product ) || 'trash' === get_post_status( (int) $product ) ) {
			return;
		}
		$standing = get_comments(
			array(
				'user_id' => (int) $customer,
				'post_id' => (int) $product,
				'type'    => 'review',
				'parent'  => 0,
				'status'  => 'approve',
				'count'   => true,
			)
		);
		$review   = array(
			'customerId' => (string) $customer,
			'productId'  => (string) $product,
			'stands'     => (int) $standing > 0,
		);
		$answer   = Client::call( 'POST', '/plugin/woocommerce/review', array(), $review );
		if ( is_wp_error( $answer ) && 'trellis_not_connected' !== $answer->get_error_code() && isset( self::PAUSES[ $tries ] ) ) {
			as_schedule_single_action( time() + self::PAUSES[ $tries ], self::HOOK, array( (int) $customer, (int) $product, (int) $tries + 1 ), 'trellis' );
		}
	}

	/**
	 * Schedules it.
	 *
	 * @param WP_Comment|null $comment A comment of any kind.
	 */
	private static function soon( $comment ) {
		if ( self::counts( $comment ) && null !== Connection::get() && function_exists( 'as_enqueue_async_action' ) ) {
			as_enqueue_async_action( self::HOOK, array( (int) $comment->user_id, (int) $comment->comment_post_ID, 0 ), 'trellis' );
		}
	}

	/**
	 * Whether it is a review of a product by somebody with an account: an answer to one is none.
	 *
	 * @param WP_Comment|null $comment A comment of any kind.
	 * @return bool
	 */
	private static function counts( $comment ) {
		return null !== $comment && 'review' === $comment->comment_type && 0 === (int) $comment->comment_parent
			&& (int) $comment->user_id > 0 && 'product' === get_post_type( (int) $comment->comment_post_ID );
	}
}

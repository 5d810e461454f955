<?php
/**
 * Liquid's `customer`.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

use Automattic\WooCommerce\Utilities\OrderUtil;

defined( 'ABSPATH' ) || exit;

/**
 * The customer who is logged in: what their latest orders held and when. Pages of guests have none, so that a page out
 * of a cache is the same for all of them.
 */
final class Customer_Drop extends Drop {

	/** Key of the session. */
	const SESSION = 'trellis_bought';

	/** Seconds that the session remembers for. A new order is known at once. */
	const REMEMBERED = 900;

	/** What the app told of a customer: points that can be spent, what counts for the level, and words that open products. */
	const POINTS = '_trellis_points';
	const FIGURE = '_trellis_figure';
	const KEYS   = '_trellis_keys';

	/** Lines that are read at most, the latest first. */
	const MOST = 500;

	/**
	 * The customer's id.
	 *
	 * @var int
	 */
	private $id;

	/**
	 * A customer.
	 *
	 * @param int $id User.
	 */
	public function __construct( $id ) {
		$this->id = $id;
	}

	/**
	 * Who is logged in; null for a guest.
	 *
	 * @return Customer_Drop|null
	 */
	public static function current() {
		$id = get_current_user_id();
		return $id > 0 ? new self( $id ) : null;
	}

	/**
	 * Words that open products to a customer, with spaces between.
	 *
	 * @param int $id User.
	 * @return string
	 */
	public static function keys( $id ) {
		$keys = get_user_meta( $id, self::KEYS, true );
		return is_string( $keys ) ? $keys : '';
	}

	/**
	 * Forgets what was remembered: an order of the shopper who stands before us has changed.
	 */
	public static function forget() {
		if ( WC()->session ) {
			WC()->session->set( self::SESSION, null );
		}
	}

	/**
	 * Works a value out.
	 *
	 * @param string $name Liquid's name.
	 * @return array|int|null
	 */
	protected function read( $name ) {
		if ( 'id' === $name ) {
			return $this->id;
		}
		if ( 'metafields' === $name ) {
			return array(
				'$app' => array(
					'points' => array( 'value' => (int) get_user_meta( $this->id, self::POINTS, true ) ),
					'figure' => array( 'value' => (int) get_user_meta( $this->id, self::FIGURE, true ) ),
					'keys'   => array( 'value' => self::keys( $this->id ) ),
				),
			);
		}
		return 'orders' === $name ? self::orders( $this->bought() ) : null;
	}

	/**
	 * Lines as orders, the latest first.
	 *
	 * @param array $lines Order, seconds since 1970 and product of each.
	 * @return array[]
	 */
	private static function orders( array $lines ) {
		$orders = array();
		foreach ( $lines as list( $order, $at, $product ) ) {
			$orders[ $order ]['created_at']   = $at;
			$orders[ $order ]['line_items'][] = array( 'product_id' => $product );
		}
		return array_values( $orders );
	}

	/**
	 * Lines of the customer's latest orders, from the session where it knows them.
	 *
	 * @return array[]
	 */
	private function bought() {
		$session = WC()->session;
		$known   = $session ? $session->get( self::SESSION ) : null;
		if ( is_array( $known ) && isset( $known['user'], $known['until'], $known['lines'] ) && $known['user'] === $this->id && $known['until'] > time() ) {
			return $known['lines'];
		}
		$lines = $this->lines();
		if ( $session ) {
			$session->set(
				self::SESSION,
				array(
					'user'  => $this->id,
					'until' => time() + self::REMEMBERED,
					'lines' => $lines,
				)
			);
		}
		return $lines;
	}

	/**
	 * The same by the database, wherever this store keeps its orders. What was paid or is being paid counts; a cancelled
	 * or refunded order does not, nor does a line of which every unit went back.
	 *
	 * @return array[]
	 */
	private function lines() {
		global $wpdb;
		$states = array();
		foreach ( array_merge( wc_get_is_paid_statuses(), array( 'on-hold' ) ) as $state ) {
			$states[] = 'wc-' . $state;
		}
		$own    = OrderUtil::custom_orders_table_usage_is_enabled()
			? "{$wpdb->prefix}wc_orders o WHERE o.customer_id = %d AND o.type = 'shop_order' AND o.status"
			: "{$wpdb->posts} o JOIN {$wpdb->postmeta} c ON c.post_id = o.ID AND c.meta_key = '_customer_user' WHERE c.meta_value = %s AND o.post_type = 'shop_order' AND o.post_status";
		$time   = OrderUtil::custom_orders_table_usage_is_enabled() ? 'date_created_gmt' : 'post_date_gmt';
		$latest = "SELECT o.id, o.{$time} AS placed FROM {$own} IN ( " . implode( ', ', array_fill( 0, count( $states ), '%s' ) ) . " ) ORDER BY o.{$time} DESC LIMIT 50";
		$rows   = $wpdb->get_results( // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WooCommerce would make an object of each order; the session keeps the answer.
			$wpdb->prepare(
				// phpcs:ignore WordPress.DB.PreparedSQL -- names of tables and columns, and placeholders.
				"SELECT latest.id AS order_id, latest.placed, line.order_item_id AS line_id, meta.meta_value AS product_id, quantity.meta_value AS units FROM ( {$latest} ) latest
				JOIN {$wpdb->prefix}woocommerce_order_items line ON line.order_id = latest.id AND line.order_item_type = 'line_item'
				JOIN {$wpdb->prefix}woocommerce_order_itemmeta meta ON meta.order_item_id = line.order_item_id AND meta.meta_key = '_product_id'
				LEFT JOIN {$wpdb->prefix}woocommerce_order_itemmeta quantity ON quantity.order_item_id = line.order_item_id AND quantity.meta_key = '_qty'
				ORDER BY latest.placed DESC LIMIT %d", // phpcs:ignore WordPress.DB.PreparedSQL -- See above.
				array_merge( array( $this->id ), $states, array( self::MOST ) )
			)
		);
		$returned = self::returned( $rows );
		$lines    = array();
		foreach ( $rows as $row ) {
			$line = (int) $row->line_id;
			if ( isset( $returned[ $line ] ) && $returned[ $line ] >= (float) $row->units ) {
				continue;
			}
			$lines[] = array( (int) $row->order_id, (int) strtotime( $row->placed . ' UTC' ), (int) $row->product_id );
		}
		return $lines;
	}

	/**
	 * Units that went back, by the line that they were bought with: refunds are orders of their own, which hold their
	 * units below zero.
	 *
	 * @param object[] $rows Lines, each with its order.
	 * @return float[]
	 */
	private static function returned( array $rows ) {
		global $wpdb;
		$orders = array();
		foreach ( $rows as $row ) {
			$orders[ (int) $row->order_id ] = true;
		}
		if ( array() === $orders ) {
			return array();
		}
		$ids    = array_keys( $orders );
		$refund = OrderUtil::custom_orders_table_usage_is_enabled()
			? "{$wpdb->prefix}wc_orders r WHERE r.type = 'shop_order_refund' AND r.parent_order_id"
			: "{$wpdb->posts} r WHERE r.post_type = 'shop_order_refund' AND r.post_parent";
		$back   = "SELECT r.id FROM {$refund} IN ( " . implode( ', ', array_fill( 0, count( $ids ), '%d' ) ) . ' )';
		$found  = $wpdb->get_results( // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- As above.
			$wpdb->prepare(
				// phpcs:ignore WordPress.DB.PreparedSQL -- names of tables, and placeholders.
				"SELECT bought.meta_value AS line_id, quantity.meta_value AS units FROM {$wpdb->prefix}woocommerce_order_items item
				JOIN {$wpdb->prefix}woocommerce_order_itemmeta bought ON bought.order_item_id = item.order_item_id AND bought.meta_key = '_refunded_item_id'
				JOIN {$wpdb->prefix}woocommerce_order_itemmeta quantity ON quantity.order_item_id = item.order_item_id AND quantity.meta_key = '_qty'
				WHERE item.order_item_type = 'line_item' AND item.order_id IN ( {$back} )", // phpcs:ignore WordPress.DB.PreparedSQL, WordPress.DB.PreparedSQLPlaceholders -- See above: the placeholders stand in the variable.
				$ids
			)
		);
		$returned = array();
		foreach ( $found as $row ) {
			$line              = (int) $row->line_id;
			$returned[ $line ] = ( isset( $returned[ $line ] ) ? $returned[ $line ] : 0.0 ) + abs( (float) $row->units );
		}
		return $returned;
	}
}

<?php
/**
 * What an order carries of our discounts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Trellis\WooCommerce\Orders\Marks;
use WC_Abstract_Order;
use WC_Cart;
use WC_Coupon;
use WC_Order;
use WC_Order_Item;
use WC_Order_Item_Coupon;
use WC_Order_Item_Product;

defined( 'ABSPATH' ) || exit;

/**
 * Lines say which offer took how much off them, coupon lines which offer they are. An order that is calculated again, in
 * the admin or for a refund, gets the same amounts.
 */
final class Order_Items {

	/** Line meta: JSON of offer id => minor units of the order's currency. */
	const DISCOUNTS = '_trellis_discounts';

	/** Coupon line meta: id of the offer, and its title. */
	const OFFER = '_trellis_offer';
	const TITLE = '_trellis_title';

	/** Line meta: bought with a plan that repeats. */
	const PLAN = '_trellis_plan';

	/** Order meta: the goal that made shipping free. */
	const FREE_SHIPPING = '_trellis_free_shipping';

	/** Order meta: what we took off its shipping, a decimal amount, with tax where the store's prices include it. */
	const SHIPPING_OFF = '_trellis_shipping_off';

	/**
	 * What is taken off the items of the order that is calculated again, by coupon code.
	 *
	 * @var array[]
	 */
	private static $recalculated = array();

	/**
	 * Notes on a line what took how much off it, and whether it is bought again and again.
	 *
	 * @param WC_Order_Item_Product $item Line of the order.
	 * @param string                $key  Cart item key.
	 * @param mixed                 $line Line of the cart.
	 */
	public static function on_line( $item, $key, $line = null ) {
		if ( is_array( $line ) && isset( $line['data'] ) && Cart_Reader::is_subscription( $line ) ) {
			$item->update_meta_data( self::PLAN, 'yes' );
		}
		$by_offer = array();
		foreach ( Earned::now()->offers as $offer ) {
			if ( isset( $offer['lines'][ $key ] ) ) {
				$by_offer[ $offer['offer'] ] = $offer['lines'][ $key ];
			}
		}
		if ( $by_offer ) {
			$item->update_meta_data( self::DISCOUNTS, (string) wp_json_encode( (object) $by_offer ) );
		}
	}

	/**
	 * Notes on a coupon line which offer it is.
	 *
	 * @param WC_Order_Item_Coupon $item Line of the order.
	 * @param string               $code Coupon code.
	 */
	public static function on_coupon( $item, $code ) {
		$offer = Earned::now()->offer( $code );
		if ( null !== $offer ) {
			$item->update_meta_data( self::OFFER, $offer['offer'] );
			$item->update_meta_data( self::TITLE, $offer['title'] );
		}
	}

	/**
	 * Notes which goal made shipping free, and what we took off it. The Store API asks for each change of a draft.
	 *
	 * @param mixed $order Saved by whoever calls.
	 */
	public static function on_order( $order ) {
		if ( ! $order instanceof WC_Order ) {
			return;
		}
		$goal = Shipping::goal();
		if ( null === $goal ) {
			$order->delete_meta_data( self::FREE_SHIPPING );
		} else {
			$order->update_meta_data( self::FREE_SHIPPING, $goal );
		}
		$cart = function_exists( 'WC' ) ? WC()->cart : null;
		// Noting what it cost must never be in the way of the sale.
		$off = $cart instanceof WC_Cart ? Pricing::safely(
			static function () use ( $cart ) {
				return Given_Shipping::of( $cart );
			},
			0.0
		) : 0.0;
		if ( $off > 0 ) {
			$order->update_meta_data( self::SHIPPING_OFF, number_format( $off, wc_get_price_decimals(), '.', '' ) );
		} else {
			$order->delete_meta_data( self::SHIPPING_OFF );
		}
		if ( $order->get_id() > 0 ) {
			$order->save_meta_data();
		}
	}

	/**
	 * Hides our notes from the lines of an order in the admin.
	 *
	 * @param mixed $keys Keys of meta.
	 * @return mixed
	 */
	public static function hide( $keys ) {
		return is_array( $keys ) ? array_merge( $keys, array( self::DISCOUNTS, self::OFFER, self::TITLE, self::PLAN ), array_values( Marks::LINE ) ) : $keys;
	}

	/**
	 * A coupon of ours for an order that is calculated again.
	 *
	 * @param mixed                $coupon Coupon.
	 * @param string               $code   Its code.
	 * @param WC_Order_Item_Coupon $item   Line of the order.
	 * @param WC_Abstract_Order    $order  Order.
	 * @return mixed
	 */
	public static function recalculate( $coupon, $code, $item, $order ) {
		$id = $item instanceof WC_Order_Item ? $item->get_meta( self::OFFER ) : '';
		if ( ! $coupon instanceof WC_Coupon || ! is_string( $id ) || '' === $id ) {
			return $coupon;
		}
		$lines = array();
		foreach ( $order->get_items() as $item_id => $line ) {
			$by_offer = self::discounts( $line );
			if ( isset( $by_offer[ $id ] ) ) {
				$lines[ $item_id ] = $by_offer[ $id ];
			}
		}
		self::$recalculated[ $code ] = array(
			'lines'    => $lines,
			'currency' => $order->get_currency(),
		);
		$coupon->set_virtual( true );
		$coupon->set_discount_type( Cart_Coupons::TYPE );
		$coupon->set_amount( 0 );
		return $coupon;
	}

	/**
	 * What a coupon takes off the items of the order that is calculated again; null outside of one.
	 *
	 * @param WC_Coupon $coupon Coupon.
	 * @return array|null Lines and currency.
	 */
	public static function recalculated( WC_Coupon $coupon ) {
		$code = $coupon->get_code();
		if ( ! isset( self::$recalculated[ $code ] ) ) {
			return null;
		}
		$found = self::$recalculated[ $code ];
		unset( self::$recalculated[ $code ] );
		return $found;
	}

	/**
	 * What offers took off a line of an order.
	 *
	 * @param WC_Order_Item $line Line.
	 * @return int[] By offer id.
	 */
	private static function discounts( WC_Order_Item $line ) {
		$text  = $line->get_meta( self::DISCOUNTS );
		$found = is_string( $text ) ? json_decode( $text, true ) : null;
		return is_array( $found ) ? array_filter( $found, 'is_int' ) : array();
	}
}

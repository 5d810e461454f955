<?php
/**
 * Coupons that are codes of ours.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Codes;

use Trellis\WooCommerce\Pricing\Amounts;
use Trellis\WooCommerce\Pricing\Cart_Reader;
use Trellis\WooCommerce\Pricing\Code_Shipping;
use Trellis\WooCommerce\Pricing\Earned;
use Trellis\WooCommerce\Pricing\Exchange;
use Trellis\WooCommerce\Pricing\Other_Coupons;
use Trellis\WooCommerce\Pricing\Pricing;
use WC_Abstract_Order;
use WC_Cart;
use WC_Coupon;
use WC_Discounts;
use WC_Order_Item_Product;

defined( 'ABSPATH' ) || exit;

/**
 * They are ordinary coupons of the store, of a type of ours: WooCommerce counts their uses and knows when they end, and we
 * say what they take off. Without us they take nothing off.
 */
final class Code_Coupons {

	const TYPE = 'trellis_code';

	/** Coupon meta: what the code gives. */
	const CONFIG = '_trellis_code';

	/** Option: JSON with what codes must leave of each product. */
	const GUARD = 'trellis_codes';

	/**
	 * The order that is calculated again, by coupon code.
	 *
	 * @var WC_Abstract_Order[]
	 */
	private static $recalculated = array();

	/**
	 * Who has ordered before: asked once a request.
	 *
	 * @var bool[]
	 */
	private static $ordered = array();

	/**
	 * Makes the type known to WooCommerce.
	 *
	 * @param array $types Type => name.
	 * @return array
	 */
	public static function types( $types ) {
		return is_array( $types ) ? $types + array( self::TYPE => __( 'Trellis offer', 'trellis-for-woocommerce' ) ) : $types;
	}

	/**
	 * Ours may be taken off any item: which, the amounts say.
	 *
	 * @param bool      $valid  So far.
	 * @param WC_Coupon $coupon Coupon.
	 * @return bool
	 */
	public static function is_valid_for_cart( $valid, $coupon ) {
		return $coupon->is_type( self::TYPE ) ? true : $valid;
	}

	/**
	 * A code of somebody else's is none.
	 *
	 * @param bool         $valid     So far.
	 * @param WC_Coupon    $coupon    Coupon.
	 * @param WC_Discounts $discounts Of a cart or an order.
	 * @return bool
	 */
	public static function is_valid( $valid, $coupon, $discounts ) {
		if ( ! $valid || ! $coupon->is_type( self::TYPE ) ) {
			return $valid;
		}
		$offer = Code_Rules::offer( $coupon->get_meta( self::CONFIG ) );
		// Without what codes must leave of each product nothing of ours is given: the store was disconnected. A code that takes
		// nothing off would still push the merchant's coupons out, and ship for free.
		if ( null === $offer || false === get_option( self::GUARD ) ) {
			return false;
		}
		$object = $discounts instanceof WC_Discounts ? $discounts->get_object() : null;
		if ( $offer['first'] && ! $object instanceof WC_Abstract_Order && self::has_ordered() ) {
			return false;
		}
		$customer = $object instanceof WC_Abstract_Order ? $object->get_customer_id() : get_current_user_id();
		return ! $offer['bound'] || Code_Rules::is_code_of( $coupon->get_code(), $customer > 0 ? (string) $customer : '' );
	}

	/**
	 * Whether the shopper has ordered before, as far as the account and the address typed so far tell.
	 */
	private static function has_ordered() {
		$email = WC()->customer ? (string) WC()->customer->get_billing_email() : '';
		$who   = array_values( array_filter( array( get_current_user_id(), $email ) ) );
		$key   = implode( ' ', $who );
		if ( $who && ! isset( self::$ordered[ $key ] ) ) {
			self::$ordered[ $key ] = (bool) wc_get_orders(
				array(
					'customer' => $who,
					'status'   => array_merge( wc_get_is_paid_statuses(), array( 'on-hold', 'refunded' ) ),
					'limit'    => 1,
					'return'   => 'ids',
				)
			);
		}
		return $who && self::$ordered[ $key ];
	}

	/**
	 * Lets WooCommerce work out what is left of each item, which `amounts` then takes the exact part of.
	 *
	 * @param float     $discount So far.
	 * @param float     $price    Of one unit.
	 * @param mixed     $item     Line.
	 * @param bool      $single   Of one unit only.
	 * @param WC_Coupon $coupon   Coupon.
	 * @return float
	 */
	public static function all_of_it( $discount, $price, $item, $single, $coupon ) {
		return $coupon->is_type( self::TYPE ) ? $price : $discount;
	}

	/**
	 * The exact part of each item.
	 *
	 * @param array     $available Item key => what is left of it.
	 * @param WC_Coupon $coupon    Coupon.
	 * @return array
	 */
	public static function amounts( $available, $coupon ) {
		if ( ! $coupon->is_type( self::TYPE ) || ! is_array( $available ) ) {
			return $available;
		}
		$order    = isset( self::$recalculated[ $coupon->get_code() ] ) ? self::$recalculated[ $coupon->get_code() ] : null;
		$currency = null === $order ? Exchange::currency() : $order->get_currency();
		$lines    = Pricing::safely(
			static function () use ( $coupon, $order ) {
				return self::price( $coupon, $order )['lines'];
			},
			array()
		);
		return Amounts::of( $available, $lines, $currency );
	}

	/**
	 * Up to which price a code of ours may make the shipping of the shopper's cart free: what the goods still have above the
	 * merchant's margin after all that comes off them.
	 *
	 * @param WC_Cart $cart Cart.
	 * @return int|null Minor units, negative where it makes none free; null = no such code is in the cart.
	 */
	public static function shipping_up_to( WC_Cart $cart ) {
		$most = null;
		foreach ( $cart->get_coupons() as $coupon ) {
			if ( $coupon instanceof WC_Coupon && $coupon->is_type( self::TYPE ) && $coupon->get_free_shipping() ) {
				$free = self::shipping_alone( $coupon );
				$most = max( null === $most ? -1 : $most, null === $free ? -1 : $free );
			}
		}
		if ( null === $most || $most < 0 ) {
			return $most;
		}
		$off = array_sum( $cart->get_coupon_discount_totals() ) + ( wc_prices_include_tax() ? array_sum( $cart->get_coupon_discount_tax_totals() ) : 0 );
		return $most - Cart_Reader::minor( $off, Exchange::currency() );
	}

	/**
	 * The same for one code, as if nothing came off the goods.
	 *
	 * @param WC_Coupon $coupon Code of ours.
	 * @return int|null Minor units; null = it makes no shipping of this cart free.
	 */
	public static function shipping_alone( WC_Coupon $coupon ) {
		return Pricing::safely(
			static function () use ( $coupon ) {
				return self::price( $coupon, null )['free_up_to'];
			},
			null
		);
	}

	/**
	 * Whether a code of ours takes less off the shopper's cart than it says, so that the merchant's margin is left.
	 *
	 * @param WC_Coupon $coupon Coupon.
	 * @return bool
	 */
	public static function is_reduced( WC_Coupon $coupon ) {
		return $coupon->is_type( self::TYPE ) && Pricing::safely(
			static function () use ( $coupon ) {
				return self::price( $coupon, null )['reduced'] || ( $coupon->get_free_shipping() && WC()->cart && Code_Shipping::is_too_dear( WC()->cart ) );
			},
			false
		);
	}

	/**
	 * What comes off each line, in minor units.
	 *
	 * @param WC_Coupon              $coupon Coupon.
	 * @param WC_Abstract_Order|null $order  Calculated again; null = the shopper's cart.
	 * @return array As `Code_Rules::price` gives it.
	 */
	private static function price( WC_Coupon $coupon, $order ) {
		$nothing = array(
			'lines'      => array(),
			'free_up_to' => null,
			'reduced'    => false,
		);
		$offer   = Code_Rules::offer( $coupon->get_meta( self::CONFIG ) );
		$told    = json_decode( (string) get_option( self::GUARD ), true );
		$guard   = Code_Rules::guard( isset( $told['guard'] ) ? $told['guard'] : null );
		if ( null === $offer || null === $guard ) {
			return $nothing;
		}
		if ( null !== $order ) {
			return Code_Rules::price( self::read( $order, $offer ), $offer, $guard );
		}
		$cart = WC()->cart;
		if ( ! $cart instanceof WC_Cart ) {
			return $nothing;
		}
		$read = Cart_Reader::read( $cart, $offer['currency'] );
		// A line takes one product discount: a code for products spares what is part of a bundle.
		if ( $offer['products'] && 's' !== $offer['type'] && ! Other_Coupons::is_asking() ) {
			$bundled = Earned::now()->bundled;
			foreach ( $read['lines'] as $at => $line ) {
				$read['lines'][ $at ]['sellingPlan'] = $line['sellingPlan'] || isset( $bundled[ $line['id'] ] );
			}
		}
		return Code_Rules::price( $read, $offer, $guard );
	}

	/**
	 * Remembers the order that WooCommerce calculates again.
	 *
	 * @param mixed             $coupon Coupon.
	 * @param string            $code   Its code.
	 * @param mixed             $item   Line of the order.
	 * @param WC_Abstract_Order $order  Order.
	 * @return mixed
	 */
	public static function recalculate( $coupon, $code, $item, $order ) {
		if ( $coupon instanceof WC_Coupon && $coupon->is_type( self::TYPE ) ) {
			self::$recalculated[ $coupon->get_code() ] = $order;
		}
		return $coupon;
	}

	/**
	 * An order as the rules read a cart. Its prices are in its own currency already.
	 *
	 * @param WC_Abstract_Order $order Order.
	 * @param array             $offer As `Code_Rules::offer` reads it.
	 * @return array
	 */
	private static function read( WC_Abstract_Order $order, array $offer ) {
		$lines = array();
		foreach ( $order->get_items() as $id => $item ) {
			if ( ! $item instanceof WC_Order_Item_Product || $item->get_quantity() < 1 ) {
				continue;
			}
			$total   = (float) $item->get_subtotal() + ( $order->get_prices_include_tax() ? (float) $item->get_subtotal_tax() : 0 );
			$lines[] = array(
				'id'             => (string) $id,
				'productId'      => (string) $item->get_product_id(),
				'variantId'      => (string) ( $item->get_variation_id() ? $item->get_variation_id() : $item->get_product_id() ),
				'quantity'       => (int) $item->get_quantity(),
				'unitPriceMinor' => Cart_Reader::minor( $total / $item->get_quantity(), $order->get_currency() ),
				'giftCard'       => false,
				'sellingPlan'    => false,
			);
		}
		return array(
			'currency' => $order->get_currency(),
			'rate'     => Exchange::of_order( $order, $offer['currency'] ),
			'lines'    => $lines,
		);
	}
}

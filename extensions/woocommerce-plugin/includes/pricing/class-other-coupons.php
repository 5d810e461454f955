<?php
/**
 * Coupons of the store beside our offers.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Exception;
use Trellis\WooCommerce\Codes\Code_Coupons;
use Trellis\WooCommerce\Codes\Code_Rules;
use Trellis\WooCommerce\Incentives\Money;
use Trellis\WooCommerce\Incentives\Price_Cart;
use WC_Cart;
use WC_Coupon;
use WC_Discounts;
use WC_Product;

defined( 'ABSPATH' ) || exit;

/**
 * The merchant decides with which kinds of discounts offers may stand. Where they may not, what saves the shopper more
 * stays: our offers, or the code.
 */
final class Other_Coupons {

	/**
	 * True while we ask WooCommerce what a code is worth.
	 *
	 * @var bool
	 */
	private static $asking = false;

	/**
	 * True while WooCommerce is asked what a code is worth without offers.
	 */
	public static function is_asking() {
		return self::$asking;
	}

	/**
	 * The codes of a cart as the rules read them.
	 *
	 * @param WC_Cart        $cart  Cart.
	 * @param array          $read  The cart as the rules read it.
	 * @param WC_Coupon|null $tried One that the shopper wants to add.
	 * @return array[]
	 */
	public static function codes( WC_Cart $cart, array $read, $tried = null ) {
		if ( self::$asking ) {
			return array();
		}
		$coupons = null === $tried ? array() : array( $tried->get_code() => $tried );
		foreach ( $cart->get_applied_coupons() as $code ) {
			if ( ! Earned::is_own( $code ) && ! isset( $coupons[ $code ] ) ) {
				$coupons[ $code ] = new WC_Coupon( $code );
			}
		}
		ksort( $coupons );
		$codes = array();
		foreach ( $coupons as $code => $coupon ) {
			// One of ours stays alone among codes. Beside offers the merchant's matrix decides, and they leave what it takes.
			$alone   = $coupon->get_individual_use() && ! $coupon->is_type( Code_Coupons::TYPE );
			$codes[] = array(
				'code'         => (string) $code,
				'class'        => self::class_of( $coupon ),
				'value'        => self::value( $cart, $coupon, $read ),
				'combinesWith' => array(
					'product'  => ! $alone,
					'order'    => ! $alone,
					'shipping' => ! $alone,
				),
				'runBy'        => 'platform',
			);
		}
		return $codes;
	}

	/**
	 * Refuses a code that may not stand beside offers which save more. WooCommerce shows the message.
	 *
	 * @param bool         $valid     So far.
	 * @param WC_Coupon    $coupon    Coupon.
	 * @param WC_Discounts $discounts Of a cart or an order.
	 * @return bool
	 * @throws Exception With words for the shopper.
	 */
	public static function is_valid( $valid, $coupon, $discounts ) {
		$cart = $discounts instanceof WC_Discounts ? $discounts->get_object() : null;
		if ( ! $valid || self::$asking || ! $cart instanceof WC_Cart || Earned::is_own( $coupon->get_code() ) ) {
			return $valid;
		}
		$configs = Published::configs();
		$config  = $configs ? Price_Cart::decode( $configs ) : null;
		if ( null === $config ) {
			return $valid;
		}
		$earned = in_array( $coupon->get_code(), $cart->get_applied_coupons(), true ) ? Earned::now() : Pricing::safely(
			static function () use ( $cart, $coupon, $config ) {
				return Earned::by( $cart, self::codes( $cart, Cart_Reader::read( $cart, $config->shop_currency ), $coupon ) );
			},
			new Earned()
		);
		if ( in_array( $coupon->get_code(), $earned->rejected, true ) ) {
			throw new Exception( esc_html__( 'This coupon cannot be combined with the offers in your cart, which save you more.', 'trellis-for-woocommerce' ), 100 );
		}
		return $valid;
	}

	/**
	 * A line takes one product discount: a code for products spares what is part of a bundle.
	 *
	 * @param bool      $valid   So far.
	 * @param mixed     $product Product.
	 * @param WC_Coupon $coupon  Coupon.
	 * @param mixed     $item    Line of a cart or an order.
	 * @return bool
	 */
	public static function is_valid_for_product( $valid, $product, $coupon, $item ) {
		if ( ! $valid || self::$asking || ! is_array( $item ) || ! isset( $item['key'] ) ) {
			return $valid;
		}
		if ( Earned::is_own( $coupon->get_code() ) || 'product' !== self::class_of( $coupon ) ) {
			return $valid;
		}
		return ! isset( Earned::now()->bundled[ $item['key'] ] );
	}

	/**
	 * What a coupon discounts.
	 *
	 * @param WC_Coupon $coupon Coupon.
	 * @return string 'product', 'order' or 'shipping'.
	 */
	private static function class_of( WC_Coupon $coupon ) {
		if ( $coupon->get_free_shipping() && (float) $coupon->get_amount() <= 0 ) {
			return 'shipping';
		}
		if ( $coupon->is_type( Code_Coupons::TYPE ) ) {
			$offer = Code_Rules::offer( $coupon->get_meta( Code_Coupons::CONFIG ) );
			return null !== $offer && $offer['products'] ? 'product' : 'order';
		}
		$for_some = $coupon->get_product_ids() || $coupon->get_product_categories();
		return $coupon->is_type( 'fixed_product' ) || ( $coupon->is_type( 'percent' ) && $for_some ) ? 'product' : 'order';
	}

	/**
	 * What a coupon takes off, by WooCommerce's own reckoning.
	 *
	 * @param WC_Cart   $cart   Cart.
	 * @param WC_Coupon $coupon Coupon.
	 * @param array     $read   The cart as the rules read it.
	 * @return array
	 */
	private static function value( WC_Cart $cart, WC_Coupon $coupon, array $read ) {
		if ( 'shipping' === self::class_of( $coupon ) ) {
			// One of ours that the goods cannot bear gives nothing, and must push no offer out.
			$ours  = $coupon->is_type( Code_Coupons::TYPE );
			$up_to = $ours ? Code_Coupons::shipping_alone( $coupon ) : null;
			$gives = ! $ours || ( null !== $up_to && $up_to >= Code_Shipping::least_minor() );
			return array(
				'type'        => 'percentage',
				'basisPoints' => $gives ? 10000 : 0,
			);
		}
		$subtotal = self::subtotal( $cart );
		$is_below = static function ( $refused, $asked ) use ( $subtotal ) {
			return (float) $asked->get_minimum_amount() > $subtotal;
		};
		$is_above = static function ( $refused, $asked ) use ( $subtotal ) {
			return (float) $asked->get_maximum_amount() < $subtotal;
		};

		self::$asking = true;
		add_filter( 'woocommerce_coupon_validate_minimum_amount', $is_below, 1, 2 );
		add_filter( 'woocommerce_coupon_validate_maximum_amount', $is_above, 1, 2 );
		try {
			$discounts = new WC_Discounts( $cart );
			// One that WooCommerce refuses takes nothing off.
			$discounts->apply_coupon( $coupon );
			$amount = array_sum( $discounts->get_discounts_by_item() );
		} finally {
			remove_filter( 'woocommerce_coupon_validate_minimum_amount', $is_below, 1 );
			remove_filter( 'woocommerce_coupon_validate_maximum_amount', $is_above, 1 );
			self::$asking = false;
		}
		// The rules turn a code's amount from the shop's currency into the shopper's.
		$rate  = (float) $read['rate'];
		$minor = Cart_Reader::minor( $amount, $read['currency'] );
		return array(
			'type'  => 'amount',
			'minor' => $rate > 0 && 1.0 !== $rate ? (int) round( $minor / $rate ) : $minor,
		);
	}

	/**
	 * What the goods of a cart cost as the cart shows them: a least or highest amount is held against this. While a cart
	 * is calculated WooCommerce itself has no subtotal yet, and would refuse every code that asks for one.
	 *
	 * @param WC_Cart $cart Cart.
	 * @return float
	 */
	private static function subtotal( WC_Cart $cart ) {
		$with_tax = $cart->display_prices_including_tax();
		$sum      = 0.0;
		foreach ( $cart->get_cart() as $item ) {
			if ( isset( $item['data'], $item['quantity'] ) && $item['data'] instanceof WC_Product ) {
				$of   = array( 'qty' => (float) $item['quantity'] );
				$sum += (float) ( $with_tax ? wc_get_price_including_tax( $item['data'], $of ) : wc_get_price_excluding_tax( $item['data'], $of ) );
			}
		}
		return round( $sum, wc_get_price_decimals() );
	}
}

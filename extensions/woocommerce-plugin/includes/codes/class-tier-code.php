<?php
/**
 * The code of a member's tier in the cart.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Codes;

use Trellis\WooCommerce\Pricing\Earned;
use WC_Cart;
use WC_Coupon;

defined( 'ABSPATH' ) || exit;

/**
 * A tier may free its members' orders from shipping costs, by a code that the app publishes of whoever is logged in. It goes
 * into the cart by itself and leaves it without a word, each time that totals are calculated: it gives way to every code that
 * may not stand beside it and to every offer that would be lost. Who takes it out is not given it again.
 */
final class Tier_Code {

	/** User meta: the code, as the app publishes it. */
	const META = '_trellis_tier_code';

	/** Session: the code that we put in, which is not what the shopper typed. */
	const PUT = 'trellis_tier_code';

	/** Session: the code that the shopper took out. */
	const OUT = 'trellis_tier_code_out';

	/**
	 * True while WooCommerce takes other codes out for one that stands alone: that is not the shopper's wish.
	 *
	 * @var bool
	 */
	private static $making_room = false;

	/**
	 * As soon as a cart is there: what is over, replaced or somebody else's is gone before WooCommerce complains of it.
	 *
	 * @param mixed $cart Cart.
	 */
	public static function loaded( $cart ) {
		$put = self::is_shoppers( $cart ) ? self::kept( self::PUT ) : '';
		if ( '' !== $put && ( self::published() !== $put || self::is_over( new WC_Coupon( $put ) ) ) ) {
			$cart->set_applied_coupons( self::without( $cart->get_applied_coupons(), $put ) );
			WC()->session->set( self::PUT, null );
		}
	}

	/**
	 * Puts the code in where it may stand, and takes it out where it may not.
	 *
	 * @param mixed $cart Cart.
	 */
	public static function put_on( $cart ) {
		if ( ! self::is_shoppers( $cart ) ) {
			return;
		}
		$put  = self::kept( self::PUT );
		$code = self::published();
		if ( '' === $put && '' === $code ) {
			return;
		}
		$applied = array_values( $cart->get_applied_coupons() );
		$others  = self::without( $applied, $put );
		$wanted  = '' !== $code && self::kept( self::OUT ) !== $code && ! self::has( $others, $code );
		$stands  = $wanted && self::fits( $cart, $others, $code );
		// What stays, stays in its place.
		if ( ! $stands ) {
			$cart->set_applied_coupons( $others );
		} elseif ( ! self::has( $applied, $code ) ) {
			$cart->set_applied_coupons( array_merge( $others, array( $code ) ) );
			self::choose_free();
		}
		$ours = $stands ? $code : '';
		if ( $ours !== $put ) {
			WC()->session->set( self::PUT, $ours );
		}
	}

	/**
	 * The same before WooCommerce looks whether the codes of the shopper's cart are still valid.
	 */
	public static function put_on_cart() {
		$cart = WC()->cart;
		if ( ! self::is_shoppers( $cart ) ) {
			return;
		}
		$before = array_values( $cart->get_applied_coupons() );
		self::put_on( $cart );
		if ( array_values( $cart->get_applied_coupons() ) !== $before ) {
			$cart->calculate_totals();
		}
	}

	/**
	 * Hears that WooCommerce takes other codes out for one that stands alone.
	 *
	 * @param mixed $kept Codes that stay.
	 * @return mixed
	 */
	public static function make_room( $kept ) {
		self::$making_room = true;
		return $kept;
	}

	/**
	 * A code was entered. Who enters this one has chosen it.
	 *
	 * @param mixed $code Code.
	 */
	public static function entered( $code ) {
		self::$making_room = false;
		if ( WC()->session && self::is_published( $code ) ) {
			WC()->session->set( self::PUT, null );
			WC()->session->set( self::OUT, null );
		}
	}

	/**
	 * A code was taken out.
	 *
	 * @param mixed $code Code.
	 */
	public static function taken_out( $code ) {
		if ( ! self::$making_room && WC()->session && self::is_published( $code ) ) {
			WC()->session->set( self::PUT, null );
			WC()->session->set( self::OUT, self::published() );
		}
	}

	/**
	 * Whether the code has something to free, may stand beside these, and leaves every offer. The cart stays as it comes.
	 *
	 * @param WC_Cart  $cart   Cart.
	 * @param string[] $others Codes without it.
	 * @param string   $code   Code.
	 * @return bool
	 */
	private static function fits( WC_Cart $cart, array $others, $code ) {
		$coupon = new WC_Coupon( $code );
		if ( self::is_over( $coupon ) || $cart->is_empty() || ! $cart->needs_shipping() ) {
			return false;
		}
		foreach ( $others as $other ) {
			if ( ! Earned::is_own( $other ) && ( $coupon->get_individual_use() || ( new WC_Coupon( $other ) )->get_individual_use() ) ) {
				return false;
			}
		}
		$applied = $cart->get_applied_coupons();
		$cart->set_applied_coupons( $others );
		$fits = $coupon->is_valid();
		if ( $fits ) {
			$without = Earned::by( $cart );
			// A goal may have freed the parcel already.
			$free = array_filter( array_column( $without->offers, 'shipping' ) );
			$cart->set_applied_coupons( array_merge( $others, array( $code ) ) );
			$with = Earned::by( $cart );
			$fits = ! $free && $with->offers === $without->offers && $with->rejected === $without->rejected && $with->free_up_to === $without->free_up_to;
		}
		$cart->set_applied_coupons( $applied );
		return $fits;
	}

	/**
	 * Where the store offers free shipping to others as well, the ways of delivery do not change with the code, and
	 * WooCommerce goes on with the first of them, as it does not where such a code is entered. What the shopper chose stays.
	 */
	private static function choose_free() {
		$chosen = WC()->session->get( 'chosen_shipping_methods' );
		$ways   = WC()->session->get( 'previous_shipping_methods' );
		if ( ! is_array( $chosen ) || ! is_array( $ways ) ) {
			return;
		}
		foreach ( $chosen as $at => $way ) {
			if ( isset( $ways[ $at ][0] ) && $ways[ $at ][0] === $way && false === strpos( $way, 'pickup' ) ) {
				$chosen[ $at ] = 'free_shipping';
			}
		}
		WC()->session->set( 'chosen_shipping_methods', $chosen );
	}

	/**
	 * Whether nothing can be had for a code any more.
	 *
	 * @param WC_Coupon $coupon Coupon.
	 * @return bool
	 */
	private static function is_over( WC_Coupon $coupon ) {
		$ends  = $coupon->get_date_expires();
		$limit = (int) $coupon->get_usage_limit();
		return 0 === $coupon->get_id() || ! $coupon->is_type( Code_Coupons::TYPE ) || ( $ends && $ends->getTimestamp() <= time() ) || ( $limit > 0 && $coupon->get_usage_count() >= $limit );
	}

	/**
	 * True for the cart of whoever stands before us; others are copies for later payments of a subscription.
	 *
	 * @param mixed $cart Cart.
	 * @return bool
	 */
	private static function is_shoppers( $cart ) {
		return $cart instanceof WC_Cart && WC()->cart === $cart && WC()->session;
	}

	/**
	 * The code of whoever is logged in, or ''. In small letters, as WooCommerce keeps codes where no filter of the store keeps
	 * them as they are typed.
	 *
	 * @return string
	 */
	private static function published() {
		$user = get_current_user_id();
		$code = $user > 0 ? get_user_meta( $user, self::META, true ) : '';
		return is_string( $code ) ? strtolower( $code ) : '';
	}

	/**
	 * Whether a code is that of whoever is logged in, however it is written.
	 *
	 * @param mixed $code Code.
	 * @return bool
	 */
	private static function is_published( $code ) {
		return is_string( $code ) && '' !== $code && strtolower( $code ) === self::published();
	}

	/**
	 * These codes but for one.
	 *
	 * @param string[] $codes Codes.
	 * @param string   $code  In small letters.
	 * @return string[]
	 */
	private static function without( array $codes, $code ) {
		return array_values(
			array_filter(
				$codes,
				static function ( $one ) use ( $code ) {
					return strtolower( $one ) !== $code;
				}
			)
		);
	}

	/**
	 * Whether a code is among these.
	 *
	 * @param string[] $codes Codes.
	 * @param string   $code  In small letters.
	 * @return bool
	 */
	private static function has( array $codes, $code ) {
		return in_array( $code, array_map( 'strtolower', $codes ), true );
	}

	/**
	 * What the session knows, or ''.
	 *
	 * @param string $key Key.
	 * @return string
	 */
	private static function kept( $key ) {
		$kept = WC()->session->get( $key );
		return is_string( $kept ) ? $kept : '';
	}
}

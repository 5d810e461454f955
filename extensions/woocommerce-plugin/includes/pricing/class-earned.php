<?php
/**
 * What a cart earns.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Trellis\WooCommerce\Incentives\Price_Cart;
use WC_Cart;

defined( 'ABSPATH' ) || exit;

/**
 * The rules' answer in the terms of a store: a coupon code for each offer, and what it takes off each line.
 */
final class Earned {

	/** Codes of virtual coupons start with this. */
	const PREFIX = 'trellis:';

	/**
	 * By code: offer, title, lines (cart item key => minor units) and shipping (true where it makes shipping free).
	 *
	 * @var array[]
	 */
	public $offers = array();

	/**
	 * Keys of cart items that are part of a bundle.
	 *
	 * @var bool[]
	 */
	public $bundled = array();

	/**
	 * Shipping that costs no more is free where an offer makes it free, in minor units: what is dearer would take the goods
	 * below the merchant's margin. -1 = no offer makes it free.
	 *
	 * @var int
	 */
	public $free_up_to = -1;

	/**
	 * Codes of the shopper that may not stand beside what saves more.
	 *
	 * @var string[]
	 */
	public $rejected = array();

	/**
	 * Answers by what was asked.
	 *
	 * @var self[]
	 */
	private static $known = array();

	/**
	 * What the shopper's cart earned when it was last calculated.
	 *
	 * @var self|null
	 */
	private static $now = null;

	/**
	 * What the shopper's cart earns, as its totals say.
	 *
	 * @return self
	 */
	public static function now() {
		if ( null !== self::$now ) {
			return self::$now;
		}
		$cart = function_exists( 'WC' ) ? WC()->cart : null;
		if ( ! $cart instanceof WC_Cart ) {
			return new self();
		}
		// While the cart is being loaded, what it holds may still change.
		return did_action( 'woocommerce_cart_loaded_from_session' ) ? self::again( $cart ) : self::by( $cart );
	}

	/**
	 * What a cart earns that is calculated now; of the shopper's own it is remembered until the next time. Others are
	 * copies for later payments of a subscription: offers are for what is bought today.
	 *
	 * @param WC_Cart $cart Cart.
	 * @return self
	 */
	public static function again( WC_Cart $cart ) {
		if ( WC()->cart !== $cart ) {
			return new self();
		}
		self::$now = self::by( $cart );
		return self::$now;
	}

	/**
	 * What a cart earns, beside these codes of the shopper. The rules run once for each different cart of a request.
	 *
	 * @param WC_Cart      $cart  Cart.
	 * @param array[]|null $codes As `Price_Cart` takes them; null = those of the cart.
	 * @return self
	 */
	public static function by( WC_Cart $cart, $codes = null ) {
		$earned = Pricing::safely(
			static function () use ( $cart, $codes ) {
				// Block themes ask for the cart on every page, and mostly it is empty.
				$configs = $cart->get_cart() ? Published::configs() : array();
				$config  = $configs ? Price_Cart::decode( $configs ) : null;
				if ( null === $config ) {
					return null;
				}
				$read          = Cart_Reader::read( $cart, $config->shop_currency );
				$read['codes'] = null === $codes ? Other_Coupons::codes( $cart, $read ) : $codes;
				$key           = md5( (string) wp_json_encode( array( $read, $configs ) ) );
				if ( ! isset( self::$known[ $key ] ) ) {
					// One request asks for few carts; a process that lives longer must not keep all.
					self::$known         = array_slice( self::$known, -8, null, true );
					self::$known[ $key ] = self::from( Price_Cart::price( $read, $configs ), $config );
				}
				return self::$known[ $key ];
			},
			null
		);
		return null === $earned ? new self() : $earned;
	}

	/**
	 * The offer with this coupon code.
	 *
	 * @param string $code Coupon code.
	 * @return array|null
	 */
	public function offer( $code ) {
		return isset( $this->offers[ $code ] ) ? $this->offers[ $code ] : null;
	}

	/**
	 * True for the code of a virtual coupon of ours.
	 *
	 * @param mixed $code Coupon code.
	 * @return bool
	 */
	public static function is_own( $code ) {
		return is_string( $code ) && 0 === stripos( $code, self::PREFIX );
	}

	/**
	 * Turns the rules' answer.
	 *
	 * @param array                                  $pricing Answer.
	 * @param \Trellis\WooCommerce\Incentives\Config $config  For titles.
	 * @return self
	 */
	private static function from( array $pricing, $config ) {
		$earned = new self();
		foreach ( $pricing['bundles'] as $bundle ) {
			foreach ( $bundle['units'] as $unit ) {
				$earned->add( $bundle['offerId'], $bundle['title'], $unit['lineId'], $unit['discountMinor'] );
				if ( $unit['discountMinor'] > 0 ) {
					$earned->bundled[ $unit['lineId'] ] = true;
				}
			}
		}
		$goals = array();
		foreach ( $pricing['reasons'] as $reason ) {
			if ( 'goal-applied' === $reason['code'] ) {
				$goals[] = $reason['subject'];
			}
			if ( 'code-not-combinable' === $reason['code'] ) {
				$earned->rejected[] = $reason['subject'];
			}
		}
		// The discount off the order is told before free shipping, and only where it takes something off.
		if ( $pricing['goalMinor'] > 0 ) {
			$goal = array_shift( $goals );
			foreach ( $pricing['lines'] as $line ) {
				$earned->add( $goal, $config->title_of( $goal ), $line['lineId'], $line['goalMinor'] );
			}
		}
		foreach ( $goals as $goal ) {
			$code = $earned->add( $goal, $config->title_of( $goal ), '', 0 );

			$earned->offers[ $code ]['shipping'] = true;
		}
		// Also where the way that is chosen is too dear: another may not be.
		if ( null !== $pricing['freeUpToMinor'] ) {
			$earned->free_up_to = (int) $pricing['freeUpToMinor'];
		}
		foreach ( $earned->offers as $code => $offer ) {
			if ( ! $offer['lines'] && ! $offer['shipping'] ) {
				unset( $earned->offers[ $code ] );
			}
		}
		return $earned;
	}

	/**
	 * Adds what an offer takes off a line.
	 *
	 * @param string $id    Offer.
	 * @param string $title Its title.
	 * @param string $line  Cart item key.
	 * @param int    $minor Minor units.
	 * @return string Its coupon code.
	 */
	private function add( $id, $title, $line, $minor ) {
		$code = wc_format_coupon_code( self::PREFIX . $id );
		if ( ! isset( $this->offers[ $code ] ) ) {
			$this->offers[ $code ] = array(
				'offer'    => $id,
				'title'    => $title,
				'lines'    => array(),
				'shipping' => false,
			);
		}
		if ( $minor > 0 ) {
			$so_far = isset( $this->offers[ $code ]['lines'][ $line ] ) ? $this->offers[ $code ]['lines'][ $line ] : 0;

			$this->offers[ $code ]['lines'][ $line ] = $so_far + $minor;
		}
		return $code;
	}
}

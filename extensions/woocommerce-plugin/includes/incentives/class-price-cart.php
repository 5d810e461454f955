<?php
/**
 * Prices a cart. Twin of app/domains/incentives/price-cart.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * The entry to the rules. Amounts of a cart are minor units of the currency that the shopper pays in; what a
 * configuration says is in the shop's own currency.
 */
final class Price_Cart {

	/** Codes that are looked at. */
	const MAX_CODES = 5;

	/**
	 * Configurations that were read, by their hash: one is read once in a request.
	 *
	 * @var array
	 */
	private static $decoded = array();

	/**
	 * Prices a cart by published configuration.
	 *
	 * @param array $cart    currency, shopCurrency (left out: that of the configuration), rate, shippingMinor, visitor
	 *                       (for price tests), codes, and lines of id, productId, variantId, quantity, unitPriceMinor,
	 *                       unitCostMinor (left out: that of the configuration), giftCard and sellingPlan.
	 * @param array $configs Texts of the shards.
	 * @return array|null As `priceCart` of the definition; null when no shard can be used.
	 */
	public static function price( array $cart, array $configs ) {
		$config = self::decode( $configs );
		if ( null === $config ) {
			return null;
		}
		$visitor = Arms::visitor_of( isset( $cart['visitor'] ) ? $cart['visitor'] : null );
		$offers  = Arms::offers_for( $config->bundles(), $config->price_tests, $visitor );
		$codes   = isset( $cart['codes'] ) && is_array( $cart['codes'] ) ? $cart['codes'] : array();
		return self::price_offers( Read_Cart::read( $cart, $config ), $offers, $codes, $config->rules );
	}

	/**
	 * Reads configuration, once in a request.
	 *
	 * @param array $configs Texts of the shards.
	 * @return Config|null
	 */
	public static function decode( array $configs ) {
		$key = md5( implode( "\n", array_filter( $configs, 'is_string' ) ) );
		if ( ! array_key_exists( $key, self::$decoded ) ) {
			self::$decoded = array( $key => Decode_Config::decode( $configs ) );
		}
		return self::$decoded[ $key ];
	}

	/**
	 * Prices a cart under live offers. Never throws on odd carts or offers: what does not fit is left out with a reason.
	 *
	 * @param array   $cart   Cart as `Read_Cart` gives it.
	 * @param array[] $offers Live offers.
	 * @param array[] $codes  Codes that the shopper entered; at most five are looked at.
	 * @param array   $rules  Incentive rules.
	 * @return array
	 */
	public static function price_offers( array $cart, array $offers, array $codes, array $rules ) {
		// Sorted, so that a tie between two sets of codes does not depend on the order in which they were entered.
		$codes     = array_slice( Sort::by_text( array_values( $codes ), 'code' ), 0, self::MAX_CODES );
		$beside    = Beside_Codes::form( $cart, $offers, $codes, $rules );
		$best      = Alternatives::best( $cart, $beside, $codes, $rules );
		$formation = $best['formation'];
		$competing = Codes::competing( $formation, $codes, $rules );
		$reasons   = array();
		foreach ( $cart['lines'] as $line ) {
			$code = Pools::exclusion_of( $line, $rules );
			if ( null !== $code ) {
				$reasons[] = Reason::of( $code, $line['id'] );
			}
		}
		$reasons = array_merge( $reasons, $formation['absence'] );
		if ( ! $formation['exact'] ) {
			$reasons[] = Reason::of( 'search-bounded', '' );
		}
		foreach ( $competing as $code ) {
			$reasons[] = Reason::of( 'code-competes', $code['code'] );
		}
		foreach ( $formation['bundles'] as $bundle ) {
			$reasons = array_merge( $reasons, self::reasons_of_bundle( $bundle, in_array( 'product', $best['own'], true ) ) );
		}
		$reasons = array_merge( $reasons, self::reasons_of_goals( $formation['goals'], $best['own'], $cart ), $beside->reasons( $best['keeps'] ), $best['effect']['reasons'] );
		foreach ( $codes as $code ) {
			if ( ! in_array( $code, $best['codes'], true ) ) {
				$reasons[] = Reason::of( 'code-not-combinable', $code['code'] );
			}
		}
		return Summary::of( $cart, $formation, $best, $formation['exact'] && ! $competing, $reasons );
	}

	/**
	 * Reasons of a formed bundle.
	 *
	 * @param array $bundle  Bundle.
	 * @param bool  $applied It stands.
	 * @return array[]
	 */
	private static function reasons_of_bundle( array $bundle, $applied ) {
		$subject = $bundle['offerId'];
		$reasons = array( $applied ? Reason::of( 'bundle-applied', $subject, $bundle['discountMinor'] ) : Reason::of( 'used-by-better-offer', $subject ) );
		if ( 'reduced' === $bundle['guard'] ) {
			$reasons[] = Reason::of( 'margin-reduced', $subject, $bundle['wantedMinor'] - $bundle['discountMinor'] );
		}
		if ( $bundle['assumed'] ) {
			$reasons[] = Reason::of( 'cost-assumed', $subject );
		}
		return $reasons;
	}

	/**
	 * Reasons of the order's goals.
	 *
	 * @param array    $goals Effect.
	 * @param string[] $own   Classes that stand.
	 * @param array    $cart  Cart.
	 * @return array[]
	 */
	private static function reasons_of_goals( array $goals, array $own, array $cart ) {
		$reasons = array();
		$order   = $goals['order'];
		if ( null !== $order ) {
			if ( $order['minor'] > 0 ) {
				$reasons[] = in_array( 'order', $own, true )
					? Reason::of( 'goal-applied', $order['offerId'], $order['minor'] )
					: Reason::of( 'class-not-combinable', $order['offerId'] );
			}
			if ( 'untouched' !== $order['guard'] ) {
				$code      = 'refused' === $order['guard'] ? 'margin-refused' : 'margin-reduced';
				$reasons[] = Reason::of( $code, $order['offerId'], $order['wantedMinor'] - $order['minor'] );
			}
		}
		if ( null !== $goals['pushedOut'] ) {
			$reasons[] = Reason::of( 'class-not-combinable', $goals['pushedOut'] );
		}
		if ( null !== $goals['shipping'] && in_array( 'shipping', $own, true ) ) {
			$code      = $cart['shippingMinor'] <= $goals['shipping']['mostMinor'] ? 'goal-applied' : 'margin-refused';
			$reasons[] = Reason::of( $code, $goals['shipping']['offerId'], $cart['shippingMinor'] );
		}
		foreach ( $goals['progress'] as $goal ) {
			if ( null !== $goal['nextGoal'] ) {
				$reasons[] = Reason::of( 'goal-next', $goal['offerId'], $goal['nextGoal']['missingMinor'] );
			}
		}
		return $reasons;
	}
}

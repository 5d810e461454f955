<?php
/**
 * What stands beside what. Twin of app/domains/incentives/stacking.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * The merchant's matrix of classes, and what discounts of ours leave to the codes of the store.
 */
final class Stacking {

	/** Something of the price has to be left, or no price keeps the margin. */
	const MOST_RESERVE_BPS = 9999;

	/**
	 * The matrix in which these pairs stand together.
	 *
	 * @param bool[] $pairs product-product, product-order, product-shipping, order-order, order-shipping and
	 *                      shipping-shipping, in this order.
	 * @return array[]
	 */
	public static function matrix_of( array $pairs ) {
		return array(
			'product'  => array(
				'product'  => $pairs[0],
				'order'    => $pairs[1],
				'shipping' => $pairs[2],
			),
			'order'    => array(
				'product'  => $pairs[1],
				'order'    => $pairs[3],
				'shipping' => $pairs[4],
			),
			'shipping' => array(
				'product'  => $pairs[2],
				'order'    => $pairs[4],
				'shipping' => $pairs[5],
			),
		);
	}

	/**
	 * What discounts of ours leave to the codes of the store that were entered: of known ones what they take off, and
	 * once what the merchant says for all others.
	 *
	 * @param string[] $codes Texts.
	 * @param array    $rules Incentive rules.
	 * @return array{bps: int, minor: int} Basis points, and shop-currency minor units of the whole order.
	 */
	private static function reserve_beside( array $codes, array $rules ) {
		$reserve = array(
			'bps'   => 0,
			'minor' => 0,
		);
		$stands  = $rules['combinesWith'];
		if ( ! $codes || ! ( $stands['product']['product'] || $stands['product']['order'] || $stands['order']['order'] ) ) {
			return $reserve;
		}
		$known = isset( $rules['knownCodes'] ) ? $rules['knownCodes'] : array();
		$other = false;
		foreach ( $codes as $code ) {
			$hash = Assignment::hash32( strtr( $code, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' ) );
			if ( ! isset( $known[ $hash ] ) ) {
				$other = true;
			} elseif ( $known[ $hash ] < 0 ) {
				$reserve['minor'] -= $known[ $hash ];
			} else {
				$reserve['bps'] += $known[ $hash ];
			}
		}
		if ( $other ) {
			$reserve['bps'] += 'exact' === $rules['codeReserve'] ? self::MOST_RESERVE_BPS : min( $rules['codeReserve'], self::MOST_RESERVE_BPS );
		}
		return $reserve;
	}

	/**
	 * The same as one share of the price in this cart.
	 *
	 * @param string[] $codes Texts.
	 * @param array    $cart  Cart.
	 * @param array    $rules Incentive rules.
	 * @return int|float|null Basis points; null where the codes leave no room for anything of ours.
	 */
	public static function reserve_in_cart( array $codes, array $cart, array $rules ) {
		$reserve = self::reserve_beside( $codes, $rules );
		if ( $reserve['bps'] > self::MOST_RESERVE_BPS ) {
			return null;
		}
		$conversion = 0 === $reserve['minor'] ? null : Conversion::read( $cart['rate'], $cart['shopCurrency'], $cart['currency'] );
		if ( null === $conversion ) {
			return $reserve['bps'];
		}
		$floor = Pools::floor_of_goods( $cart, $rules, $conversion );
		$minor = $conversion->up( $reserve['minor'] );
		if ( $minor <= 0 || $floor <= 0 ) {
			return $reserve['bps'];
		}
		$share = 10000 - Money::whole( floor( ( $floor * ( 10000 - $reserve['bps'] ) ) / ( $floor + $minor ) ) );
		return $share > self::MOST_RESERVE_BPS ? null : $share;
	}

	/**
	 * Codes of the store that come off goods and may stand beside a discount of ours that does.
	 *
	 * @param array[] $codes Codes.
	 * @param array   $rules Incentive rules.
	 * @return array[]
	 */
	public static function codes_beside( array $codes, array $rules ) {
		$found = array();
		foreach ( $codes as $code ) {
			$class = $code['class'];
			if ( 'platform' !== $code['runBy'] || 'shipping' === $class ) {
				continue;
			}
			foreach ( array( 'product', 'order' ) as $own ) {
				if ( $rules['combinesWith'][ $own ][ $class ] && $code['combinesWith'][ $own ] ) {
					$found[] = $code;
					break;
				}
			}
		}
		return $found;
	}

	/**
	 * The share that these codes take at most off goods that cost so much or more, rounded up to the basis point.
	 *
	 * @param array[]         $codes       Codes.
	 * @param int|float       $goods_minor Minor units.
	 * @param Conversion|null $conversion  Of the cart; null = unknown, then an amount takes nothing off.
	 * @return int|float Basis points.
	 */
	public static function reserve_of( array $codes, $goods_minor, $conversion ) {
		$share = 0;
		foreach ( $codes as $code ) {
			if ( 'percentage' === $code['value']['type'] ) {
				$share += $code['value']['basisPoints'];
				continue;
			}
			$minor  = null === $conversion ? 0 : $conversion->nearest( $code['value']['minor'] );
			$share += $goods_minor > 0 ? Money::whole( ceil( ( $minor * 10000 ) / $goods_minor ) ) : self::MOST_RESERVE_BPS;
		}
		return min( $share, self::MOST_RESERVE_BPS );
	}
}

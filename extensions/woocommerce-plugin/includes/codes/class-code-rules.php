<?php
/**
 * What a code of ours takes off. Twin of app/domains/codes/price-code.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Codes;

use Trellis\WooCommerce\Incentives\Conversion;
use Trellis\WooCommerce\Incentives\Money;

defined( 'ABSPATH' ) || exit;

/**
 * Pure: what a code promises, but never more than its lines can bear. Needs no WordPress.
 */
final class Code_Rules {

	const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

	/** Letters at the end of a bound code that say whose it is. */
	const MARK = 4;

	/**
	 * Reads what all codes of an offer give.
	 *
	 * @param mixed $text As the app wrote it.
	 * @return array|null
	 */
	public static function offer( $text ) {
		$found = is_string( $text ) && preg_match( '/^1;([apsg]);(\d{1,13})(?::(\d{1,13}))?;(\d{1,13});([012]);([^;]*);([^;]*);([A-Z]{3})$/D', $text, $match );
		return ! $found ? null : array(
			'type'     => $match[1],
			'value'    => (int) $match[2],
			// Basis points take no more off.
			'most'     => '' === $match[3] ? null : (int) $match[3],
			'minimum'  => (int) $match[4],
			'bound'    => '1' === $match[5],
			'first'    => '2' === $match[5],
			'variant'  => $match[6],
			'products' => '' === $match[7] ? array() : explode( ',', $match[7] ),
			'currency' => $match[8],
		);
	}

	/**
	 * Reads what may come off each product at most.
	 *
	 * @param mixed $text As the app wrote it.
	 * @return array|null
	 */
	public static function guard( $text ) {
		if ( ! is_string( $text ) || ! preg_match( '/^1;(\d{1,5});((?:\d+:\d{1,5}(?:,|$))*)$/D', $text, $match ) ) {
			return null;
		}
		$products = array();
		foreach ( array_filter( explode( ',', $match[2] ) ) as $entry ) {
			list( $id, $points )   = explode( ':', $entry );
			$products[ 'p' . $id ] = (int) $points;
		}
		return array(
			'rest'     => (int) $match[1],
			'products' => $products,
		);
	}

	/**
	 * Whether a bound code is this customer's.
	 *
	 * @param string $typed       Code.
	 * @param string $customer_id Empty for a guest.
	 * @return bool
	 */
	public static function is_code_of( $typed, $customer_id ) {
		$code = strtoupper( trim( $typed ) );
		$head = substr( $code, 0, -self::MARK );
		if ( '' === $customer_id || '' === $head ) {
			return false;
		}
		$hash = 0x811c9dc5;
		foreach ( str_split( $head . ':' . $customer_id ) as $byte ) {
			$hash = ( ( $hash ^ ord( $byte ) ) * 0x01000193 ) & 0xffffffff;
		}
		$folded = $hash ^ ( $hash >> 20 );
		$mark   = '';
		for ( $at = 0; $at < self::MARK; $at++ ) {
			$mark .= self::ALPHABET[ ( $folded >> ( 5 * $at ) ) & 31 ];
		}
		return substr( $code, -self::MARK ) === $mark;
	}

	/**
	 * What comes off each line of a cart, and which shipping is free: that counts as if its price came off the goods.
	 *
	 * @param array $cart  As `Cart_Reader::read` gives it.
	 * @param array $offer As `offer` reads it.
	 * @param array $guard As `guard` reads it.
	 * @return array{lines: int[], free_up_to: int|null, reduced: bool} Line id => minor units; up to which price shipping is
	 *                free (null = the code is not for shipping, or not for this cart); whether the lines are less than it promises.
	 */
	public static function price( array $cart, array $offer, array $guard ) {
		$nothing    = array(
			'lines'      => array(),
			'free_up_to' => null,
			'reduced'    => false,
		);
		$conversion = Conversion::read( $cart['rate'], $offer['currency'], $cart['currency'] );
		if ( null === $conversion ) {
			return $nothing;
		}
		$goods = array();
		foreach ( $cart['lines'] as $line ) {
			if ( $line['giftCard'] || ! is_int( $line['quantity'] ) || $line['quantity'] < 1 ) {
				continue;
			}
			$key           = 'p' . $line['productId'];
			$points        = isset( $guard['products'][ $key ] ) ? $guard['products'][ $key ] : $guard['rest'];
			$line['total'] = $line['unitPriceMinor'] * $line['quantity'];
			$line['room']  = intdiv( $line['total'] * $points, 10000 );
			$goods[]       = $line;
		}
		if ( ! $goods || array_sum( array_column( $goods, 'total' ) ) < $conversion->nearest( $offer['minimum'] ) ) {
			return $nothing;
		}
		$eligible = array_filter(
			$goods,
			static function ( $line ) {
				return ! $line['sellingPlan'] && $line['unitPriceMinor'] > 0;
			}
		);
		if ( 's' === $offer['type'] ) {
			return array( 'free_up_to' => array_sum( array_column( $eligible, 'room' ) ) ) + $nothing;
		}
		$targets = array_values(
			array_filter(
				$eligible,
				static function ( $line ) use ( $offer ) {
					return self::is_meant( $offer, $line );
				}
			)
		);
		$gift    = 'g' === $offer['type'];
		if ( $gift ) {
			$targets = array_slice( $targets, 0, 1 );
		}
		if ( ! $targets ) {
			return $nothing;
		}
		$totals = array_column( $targets, 'total' );
		$base   = array_sum( $totals );
		if ( $gift ) {
			$wanted = $targets[0]['unitPriceMinor'];
		} elseif ( 'p' === $offer['type'] ) {
			$wanted = intdiv( $base * $offer['value'] + 5000, 10000 );
			$wanted = null === $offer['most'] ? $wanted : min( $wanted, $conversion->nearest( $offer['most'] ) );
		} else {
			$wanted = min( $base, $conversion->nearest( $offer['value'] ) );
		}
		$minor = min( $wanted, array_sum( array_column( $gift ? $eligible : $targets, 'room' ) ) );
		$parts = Money::split_by_weights( (int) $minor, $totals );
		return array(
			'lines'      => array_filter( array_combine( array_column( $targets, 'id' ), $parts ) ),
			'free_up_to' => null,
			'reduced'    => $minor < $wanted,
		);
	}

	/**
	 * Whether a code is for a line.
	 *
	 * @param array $offer As `offer` reads it.
	 * @param array $line  Of a cart.
	 * @return bool
	 */
	private static function is_meant( array $offer, array $line ) {
		if ( ! $offer['products'] ) {
			return 'g' !== $offer['type'];
		}
		$listed = in_array( $line['productId'], $offer['products'], true );
		return $listed && ( '' === $offer['variant'] || $offer['variant'] === $line['variantId'] );
	}
}

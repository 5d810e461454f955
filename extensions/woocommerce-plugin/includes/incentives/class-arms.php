<?php
/**
 * Price tests. Twin of app/domains/incentives/arms.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Which visitor gets which version of what an offer gives.
 */
final class Arms {

	/** No price test at all. */
	const NONE = array(
		'holdout' => array(
			'salt' => '',
			'bps'  => 0,
		),
		'tests'   => array(),
	);

	/**
	 * The visitor that a cart names, or null. Whatever a shopper writes there leads to one of the versions that the
	 * merchant allowed, and what is no id at all to the bundle as it stands.
	 *
	 * @param mixed $text What the cart says.
	 * @return string|null Lower-case UUID.
	 */
	public static function visitor_of( $text ) {
		$id = is_string( $text ) ? Text::trim( $text ) : '';
		return preg_match( '/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/D', $id ) ? $id : null;
	}

	/**
	 * The offers as this visitor gets them.
	 *
	 * @param array[]     $offers      All offers.
	 * @param array       $price_tests Holdout and tests.
	 * @param string|null $visitor_id  Visitor, UUID.
	 * @return array[]
	 */
	public static function offers_for( array $offers, array $price_tests, $visitor_id ) {
		$holdout = $price_tests['holdout'];
		if ( ! $price_tests['tests'] || null === $visitor_id || Assignment::bucket_of( $visitor_id, $holdout['salt'] ) < $holdout['bps'] ) {
			return $offers;
		}
		$tests = array();
		foreach ( $price_tests['tests'] as $test ) {
			$tests += array( $test['bundleId'] => $test );
		}
		foreach ( $offers as $at => $offer ) {
			if ( ! isset( $tests[ $offer['id'] ] ) ) {
				continue;
			}
			$arm = Assignment::arm_in( $visitor_id, $tests[ $offer['id'] ] );
			if ( null !== $arm ) {
				$offers[ $at ] = Kinds\Registry::kind_of( $offer )->with_values( $offer, $arm['values'] );
			}
		}
		return $offers;
	}

	/**
	 * Reads the price tests of a shard.
	 *
	 * @param mixed $value Parsed JSON: a row of the holdout, then one for each test.
	 * @return array|null Null when any cell is not what the publication writes.
	 */
	public static function read_price_tests( $value ) {
		$rows = Decode_Config::rows( $value );
		if ( ! $rows ) {
			return null === $rows ? null : self::NONE;
		}
		$head  = array_shift( $rows );
		$cells = new Cells( $head, 1, array() );
		$bps   = $cells->count( 0, 10000 );
		if ( ! $cells->done() || ! is_string( $head[0] ) ) {
			return null;
		}
		$tests = array();
		foreach ( $rows as $row ) {
			$test = self::read_price_test( $row );
			if ( null === $test ) {
				return null;
			}
			$tests[] = $test;
		}
		return array(
			'holdout' => array(
				'salt' => $head[0],
				'bps'  => $bps,
			),
			'tests'   => $tests,
		);
	}

	/**
	 * Reads one price test.
	 *
	 * @param array $row Bundle, layer, salt, from, to and for each version its share and values.
	 * @return array|null
	 */
	private static function read_price_test( array $row ) {
		if ( count( $row ) < 3 || ! is_string( $row[0] ) || ! is_string( $row[1] ) || ! is_string( $row[2] ) ) {
			return null;
		}
		$cells = new Cells( $row, 3, array() );
		$test  = array(
			'bundleId' => $row[0],
			'layer'    => $row[1],
			'salt'     => $row[2],
			'from'     => $cells->count( 0, 10000 ),
			'to'       => $cells->count( 0, 10000 ),
			'arms'     => $cells->rest(
				static function () use ( $cells ) {
					$share = $cells->count( 0, 10000 );
					return array(
						'share'  => $share,
						'values' => $cells->repeat( array( $cells, 'unit_value' ) ),
					);
				}
			),
		);
		return $cells->done() && $test['arms'] ? $test : null;
	}
}

<?php
/**
 * Reads the published configuration. Twin of app/domains/incentives/decode-config.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * A shard is JSON with short keys: v version, g generation, c shop currency, r rules, p products with costs, b bundles,
 * t price tests, k known codes. Lists and objects of JSON are told apart, so that nothing else passes for a list.
 */
final class Decode_Config {

	/**
	 * Reads shards. A missing one is skipped; one that is damaged, or from another publication than the first
	 * readable one, is ignored as a whole, so that a bundle is priced with its own costs and rules or not at all.
	 *
	 * @param array $configs Texts of the shards, in order.
	 * @return Config|null Null when no shard can be used.
	 */
	public static function decode( array $configs ) {
		$found   = new Config();
		$present = 0;
		$first   = null;
		foreach ( $configs as $text ) {
			if ( null === $text ) {
				continue;
			}
			++$present;
			$shard = self::read_shard( $text );
			if ( null === $shard ) {
				continue;
			}
			if ( null === $first ) {
				$first = $shard;
			}
			// phpcs:ignore Universal.Operators.StrictComparisons -- JSON's numbers are int or float.
			if ( $shard['generation'] != $first['generation'] ) {
				continue;
			}
			$found->add( $shard );
		}
		if ( null === $first ) {
			return null;
		}
		$found->shop_currency = $first['currency'];
		$found->rules         = $first['rules'] + array( 'knownCodes' => $found->known_codes );
		$found->ignored       = $present - $found->used;
		return $found;
	}

	/**
	 * One shard, or null when anything in it is not what the publication writes.
	 *
	 * @param mixed $text JSON.
	 * @return array|null
	 */
	private static function read_shard( $text ) {
		$shard = is_string( $text ) ? self::parse( $text ) : null;
		if ( ! is_object( $shard ) ) {
			return null;
		}
		$head = self::read_head( $shard );
		$rows = isset( $shard->b ) ? self::rows( $shard->b ) : null;
		$of   = isset( $shard->p ) ? self::rows( $shard->p ) : null;
		if ( null === $head || null === $rows || null === $of ) {
			return null;
		}
		foreach ( $of as $row ) {
			if ( ! self::is_product( $row ) ) {
				return null;
			}
		}
		$tests = Arms::read_price_tests( isset( $shard->t ) ? $shard->t : array() );
		$known = self::known_codes( isset( $shard->k ) ? $shard->k : array() );
		if ( null === $tests || null === $known ) {
			return null;
		}
		$bundles = array();
		foreach ( $rows as $row ) {
			$offer = self::read_offer( $row, $of );
			if ( null === $offer ) {
				return null;
			}
			$bundles[] = $offer;
		}
		return $head + array(
			'products'   => $of,
			'bundles'    => $bundles,
			'priceTests' => $tests,
			'knownCodes' => $known,
		);
	}

	/**
	 * Hash and size in turn.
	 *
	 * @param mixed $cells Parsed.
	 * @return int[]|null Hash of a code => basis points, or minor units below zero.
	 */
	private static function known_codes( $cells ) {
		if ( ! is_array( $cells ) || 0 !== count( $cells ) % 2 ) {
			return null;
		}
		$known = array();
		foreach ( array_chunk( $cells, 2 ) as $pair ) {
			$hash = Cells::whole( $pair[0], 0, 0xffffffff );
			$size = Cells::whole( $pair[1], -Money::MOST, 10000 );
			if ( null === $hash || null === $size ) {
				return null;
			}
			$known[ $hash ] = $size;
		}
		return $known;
	}

	/**
	 * JSON as it stands. Halves of surrogate pairs, which JavaScript lets stand in texts, become U+FFFD.
	 *
	 * @param string $text JSON.
	 * @return mixed Null for what is none.
	 */
	private static function parse( $text ) {
		$parsed = json_decode( $text, false, 512 );
		if ( null === $parsed && JSON_ERROR_UTF16 === json_last_error() ) {
			$lone   = '/(\\\\(?:[^u]|u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}))|\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}/';
			$parsed = json_decode(
				(string) preg_replace_callback(
					$lone,
					static function ( $found ) {
						return isset( $found[1] ) && '' !== $found[1] ? $found[1] : '\\ufffd';
					},
					$text
				),
				false,
				512
			);
		}
		return $parsed;
	}

	/**
	 * Generation, currency and rules of a shard.
	 *
	 * @param object $shard Parsed.
	 * @return array|null
	 */
	private static function read_head( $shard ) {
		$version    = isset( $shard->v ) ? $shard->v : null;
		$generation = isset( $shard->g ) ? $shard->g : null;
		$cells      = isset( $shard->r ) ? $shard->r : null;
		if ( 1 !== Cells::whole( $version, 1, 1 ) || ! ( is_int( $generation ) || is_float( $generation ) ) ) {
			return null;
		}
		if ( ! isset( $shard->c ) || ! self::is_text( $shard->c ) || ! is_array( $cells ) || ! in_array( count( $cells ), array( 6, 10 ), true ) ) {
			return null;
		}
		$most = array( 1, 1, 1, 10000, 10000, 1, 1, 1, 1, 10000 );
		foreach ( $cells as $at => $cell ) {
			$cells[ $at ] = Cells::whole( $cell, 0, $most[ $at ] );
			if ( null === $cells[ $at ] ) {
				return null;
			}
		}
		// Of six cells the first three say with what bundles may stand, and of two other classes the later one decides.
		if ( 6 === count( $cells ) ) {
			array_push( $cells, $cells[1], $cells[2], $cells[2], 0 );
		}
		return array(
			'generation' => $generation,
			'currency'   => $shard->c,
			'rules'      => array(
				'combinesWith'     => Stacking::matrix_of( array( 1 === $cells[0], 1 === $cells[1], 1 === $cells[2], 1 === $cells[6], 1 === $cells[7], 1 === $cells[8] ) ),
				'minMarginBps'     => $cells[3],
				'defaultMarginBps' => $cells[4],
				'sellingPlans'     => 1 === $cells[5] ? 'allow' : 'exclude',
				'codeReserve'      => 10000 === $cells[9] ? 'exact' : $cells[9],
			),
		);
	}

	/**
	 * Lists within a list, or null.
	 *
	 * @param mixed $value Parsed.
	 * @return array[]|null
	 */
	public static function rows( $value ) {
		if ( ! is_array( $value ) ) {
			return null;
		}
		foreach ( $value as $row ) {
			if ( ! is_array( $row ) ) {
				return null;
			}
		}
		return $value;
	}

	/**
	 * True for a text that says something.
	 *
	 * @param mixed $value Parsed.
	 * @return bool
	 */
	private static function is_text( $value ) {
		return is_string( $value ) && '' !== $value;
	}

	/**
	 * A row of [id, cost of its other variants | -1, variant, cost | -1, …].
	 *
	 * @param array $row Cells.
	 * @return bool
	 */
	private static function is_product( array $row ) {
		$length = count( $row );
		if ( $length < 2 || 0 !== $length % 2 ) {
			return false;
		}
		for ( $at = 0; $at < $length; $at += 2 ) {
			if ( ! self::is_text( $row[ $at ] ) || null === Cells::whole( $row[ $at + 1 ], -1, Money::MOST ) ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * A row of [id, title, number of its kind, …] as an offer.
	 *
	 * @param array   $row      Cells.
	 * @param array[] $products Rows of the shard's products.
	 * @return array|null
	 */
	private static function read_offer( array $row, array $products ) {
		if ( count( $row ) < 3 || ! self::is_text( $row[0] ) || ! self::is_text( $row[1] ) ) {
			return null;
		}
		$code = Cells::whole( $row[2], 0, 100 );
		$kind = null === $code ? null : Kinds\Registry::kind_of_code( $code );
		if ( null === $kind ) {
			return null;
		}
		$head = array(
			'id'    => $row[0],
			'title' => $row[1],
		);
		return $kind->read( $head, new Cells( $row, 3, $products ) );
	}
}

<?php
/**
 * Sticky assignment by hash. Twin of app/shared/assignment.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * The same visitor gets the same version on every surface.
 */
final class Assignment {

	/**
	 * FNV-1a over the UTF-16 code units followed by the murmur3 finaliser, as an unsigned 32-bit number.
	 *
	 * Source: Noll's FNV page and Appleby's MurmurHash3 `fmix32`.
	 *
	 * @param string $text UTF-8.
	 * @return int
	 */
	public static function hash32( $text ) {
		$hash = 0x811c9dc5;
		foreach ( Text::units( $text ) as $unit ) {
			$hash = self::times( $hash ^ $unit, 0x01000193 );
		}
		$hash = self::times( $hash ^ ( $hash >> 16 ), 0x85ebca6b );
		$hash = self::times( $hash ^ ( $hash >> 13 ), 0xc2b2ae35 );
		return $hash ^ ( $hash >> 16 );
	}

	/**
	 * The low 32 bits of a product, without leaving 64-bit integers.
	 *
	 * @param int $a Unsigned, 32 bits.
	 * @param int $b Unsigned, 32 bits.
	 * @return int
	 */
	private static function times( $a, $b ) {
		$high = ( ( $a >> 16 ) * $b ) & 0xffff;
		return ( ( $high << 16 ) + ( $a & 0xffff ) * $b ) & 0xffffffff;
	}

	/**
	 * The visitor's place under a salt, 0 to 9999.
	 *
	 * @param string $visitor_id Visitor, UUID.
	 * @param string $salt       Salt of a group, a test or the holdout.
	 * @return int
	 */
	public static function bucket_of( $visitor_id, $salt ) {
		return self::hash32( $salt . ':' . $visitor_id ) % 10000;
	}

	/**
	 * The visitor's arm, or null for one who takes no part.
	 *
	 * @param string $visitor_id Visitor, UUID.
	 * @param array  $split      Price test with layer, from, to, salt and arms.
	 * @return array|null
	 */
	public static function arm_in( $visitor_id, array $split ) {
		$place = self::bucket_of( $visitor_id, $split['layer'] );
		if ( $place < $split['from'] || $place >= $split['to'] ) {
			return null;
		}
		$rest = self::bucket_of( $visitor_id, $split['salt'] );
		foreach ( $split['arms'] as $arm ) {
			$rest -= $arm['share'];
			if ( $rest < 0 ) {
				return $arm;
			}
		}
		return null;
	}
}

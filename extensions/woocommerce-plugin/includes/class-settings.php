<?php
/**
 * What the merchant decided in the store itself.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * Reads and writes the option `trellis_settings`. `parse` needs no WordPress.
 */
final class Settings {

	const OPTION = 'trellis_settings';

	/** Rely on a consent tool, ask with our own bar, or measure nothing. */
	const CONSENT = array( 'tool', 'bar', 'off' );

	/** Where widgets appear by themselves; blocks and shortcodes work without. */
	const PLACEMENTS = array( 'together', 'bundle', 'cart', 'offers', 'points', 'launcher' );

	/** Those that begin switched off. */
	const OFF_AT_FIRST = array( 'launcher' );

	/**
	 * The settings as they stand, complete.
	 *
	 * @return array{consent: string, placements: array<string, bool>}
	 */
	public static function get() {
		return self::parse( get_option( self::OPTION, array() ) );
	}

	/**
	 * Stores settings; whatever is not one of ours falls away.
	 *
	 * @param mixed $settings As `get` gives them, or parts of them.
	 */
	public static function set( $settings ) {
		update_option( self::OPTION, self::parse( $settings ), true );
	}

	/**
	 * Makes complete settings of anything.
	 *
	 * @param mixed $raw What was stored or sent.
	 * @return array{consent: string, placements: array<string, bool>}
	 */
	public static function parse( $raw ) {
		$raw     = is_array( $raw ) ? $raw : array();
		$consent = isset( $raw['consent'] ) && in_array( $raw['consent'], self::CONSENT, true ) ? $raw['consent'] : 'off';
		$placed  = isset( $raw['placements'] ) && is_array( $raw['placements'] ) ? $raw['placements'] : array();
		$parsed  = array();
		foreach ( self::PLACEMENTS as $name ) {
			$parsed[ $name ] = isset( $placed[ $name ] ) ? self::is_on( $placed[ $name ] ) : ! in_array( $name, self::OFF_AT_FIRST, true );
		}
		return array(
			'consent'    => $consent,
			'placements' => $parsed,
		);
	}

	/**
	 * Reads a yes or no.
	 *
	 * @param mixed $value A boolean, or what forms and old options make of one.
	 */
	private static function is_on( $value ) {
		return true === $value || 1 === $value || '1' === $value || 'yes' === $value || 'on' === $value;
	}
}

<?php
/**
 * What a merchant may choose for each block.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * Reads the settings that are built from the blocks' Liquid.
 */
final class Schemas {

	/**
	 * Blocks by name, in each language that was asked for.
	 *
	 * @var array
	 */
	private static $read = array();

	/**
	 * A block: `name`, `target` and `settings`, each with `id`, `type` (`product`, `text`, `range` or `checkbox`),
	 * `label` and, where it has them, `info`, `default`, `min`, `max`, `step`.
	 *
	 * @param string $template Name of the block.
	 * @param string $language Language of the labels, two letters; English where there are none in it.
	 * @return array
	 */
	public static function of( $template, $language = Texts::FALLBACK ) {
		$schemas = self::all( $language );
		return isset( $schemas[ $template ] ) ? $schemas[ $template ] : array(
			'name'     => '',
			'target'   => 'section',
			'settings' => array(),
		);
	}

	/**
	 * All blocks by name.
	 *
	 * @param string $language Language of the labels, two letters.
	 * @return array
	 */
	public static function all( $language = Texts::FALLBACK ) {
		if ( ! isset( self::$read[ $language ] ) ) {
			$folder = dirname( __DIR__, 3 ) . '/templates/schemas/';
			$file   = $folder . $language . '.php';
			$usable = preg_match( '/^[a-z]{2}$/D', $language ) && is_readable( $file );

			self::$read[ $language ] = require $usable ? $file : $folder . Texts::FALLBACK . '.php';
		}
		return self::$read[ $language ];
	}

	/**
	 * The settings of a block as its template reads them: what was chosen in the type that it must have, within its
	 * bounds, and the default of what was not. Products stay what they are.
	 *
	 * @param string $template Name of the block.
	 * @param array  $chosen   Chosen values by id; texts such as '3', 'yes' and 'false' are understood.
	 * @return array
	 */
	public static function settings( $template, array $chosen ) {
		$settings = array();
		foreach ( self::of( $template )['settings'] as $setting ) {
			$fallback = isset( $setting['default'] ) ? $setting['default'] : null;
			$value    = isset( $chosen[ $setting['id'] ] ) ? $chosen[ $setting['id'] ] : $fallback;
			if ( 'checkbox' === $setting['type'] ) {
				$value = is_string( $value ) ? ! in_array( strtolower( $value ), array( '', '0', 'no', 'false', 'off' ), true ) : (bool) $value;
			} elseif ( 'range' === $setting['type'] ) {
				$number = is_numeric( $value ) ? (int) $value : (int) $fallback;
				$value  = min( (int) $setting['max'], max( (int) $setting['min'], $number ) );
			} elseif ( 'text' === $setting['type'] ) {
				$value = Values::text( $value );
			}
			$settings[ $setting['id'] ] = $value;
		}
		return $settings;
	}
}

<?php
/**
 * The widgets' texts in the shopper's language.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

// Named, so that PHP need not look for them here first; a page calls these some thousand times.
use function is_array;
use function is_string;
use function strpos;
use function substr;

defined( 'ABSPATH' ) || exit;

/**
 * Reads the tables that are built from the theme extension's locales.
 */
final class Texts {

	const FALLBACK = 'en';

	/**
	 * Tables by language; an empty one where there is none.
	 *
	 * @var array
	 */
	private static $tables = array();

	/**
	 * Liquid's filter `t`: the form of the number `count`, placeholders filled, filled values escaped unless the key
	 * ends with `_html`. A text that is missing shows as such, so that it is noticed.
	 *
	 * @param string $language Language, two letters.
	 * @param string $key      Name of the text.
	 * @param array  $values   Texts and numbers by the placeholder's name.
	 * @return string
	 */
	public static function translate( $language, $key, array $values ) {
		$text = self::find( $language, $key );
		if ( null === $text ) {
			$text = self::find( self::FALLBACK, $key );
		}
		if ( is_array( $text ) ) {
			$form = Plurals::form( $language, Filters::number( isset( $values['count'] ) ? $values['count'] : 0 ) );
			$text = isset( $text[ $form ] ) ? $text[ $form ] : $text['other'];
		}
		if ( null === $text ) {
			return 'Translation missing: ' . $language . '.' . $key;
		}
		if ( false === strpos( $text, '{{' ) ) {
			return $text;
		}
		$is_html = '_html' === substr( $key, -5 );
		return (string) preg_replace_callback(
			'/\{\{\s*(\w+)\s*\}\}/',
			static function ( $found ) use ( $values, $is_html ) {
				$value = isset( $values[ $found[1] ] ) ? $values[ $found[1] ] : null;
				$text  = is_string( $value ) || is_int( $value ) || is_float( $value ) ? Values::text( $value ) : '';
				return $is_html ? $text : Filters::escape( $text );
			},
			$text
		);
	}

	/**
	 * A text, or its plural forms by name.
	 *
	 * @param string $language Language.
	 * @param string $key      Name of the text.
	 * @return string|array|null
	 */
	private static function find( $language, $key ) {
		if ( ! isset( self::$tables[ $language ] ) ) {
			$file                      = dirname( __DIR__, 3 ) . '/templates/locales/' . $language . '.php';
			self::$tables[ $language ] = preg_match( '/^[a-z]{2}$/D', $language ) && is_readable( $file ) ? require $file : array();
		}
		return isset( self::$tables[ $language ][ $key ] ) ? self::$tables[ $language ][ $key ] : null;
	}
}

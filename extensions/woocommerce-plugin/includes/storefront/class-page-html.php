<?php
/**
 * What of a page's HTML is let through.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

defined( 'ABSPATH' ) || exit;

/**
 * The app writes pages and escapes what merchants wrote; whatever else should ever come from it, no script gets through.
 */
final class Page_Html {

	const TEXT = array( 'section', 'div', 'h1', 'h2', 'h3', 'p', 'ul', 'li', 'span', 'strong', 'b', 's', 'label', 'style', 'small', 'code', 'table', 'thead', 'tbody', 'tr', 'td' );

	/**
	 * Content of a page.
	 *
	 * @param string $html HTML.
	 * @return string
	 */
	public static function body( $html ) {
		$common = array_fill_keys( array( 'class', 'id', 'role', 'data-*', 'aria-label', 'aria-live', 'aria-labelledby', 'hidden' ), true );
		$tags   = array_fill_keys( self::TEXT, $common );

		$tags['a']      = $common + array_fill_keys( array( 'href', 'target', 'rel' ), true );
		$tags['img']    = $common + array_fill_keys( array( 'src', 'srcset', 'sizes', 'alt', 'width', 'height', 'loading' ), true );
		$tags['form']   = $common + array_fill_keys( array( 'action', 'method' ), true );
		$tags['input']  = $common + array_fill_keys( array( 'type', 'name', 'value', 'min', 'max', 'checked', 'disabled', 'readonly' ), true );
		$tags['select'] = $common + array( 'name' => true );
		$tags['option'] = array_fill_keys( array( 'value', 'selected', 'disabled' ), true );
		$tags['button'] = $common + array_fill_keys( array( 'type', 'name', 'value', 'disabled' ), true );

		$tags['th']       = $common + array( 'scope' => true );
		$tags['progress'] = $common + array_fill_keys( array( 'value', 'max' ), true );
		$tags['textarea'] = $common + array_fill_keys( array( 'name', 'rows', 'maxlength' ), true );
		return wp_kses( self::without_scripts( $html ), $tags, array( 'http', 'https' ) );
	}

	/**
	 * Links, descriptions and structured data of a page.
	 *
	 * @param string $html HTML.
	 * @return string
	 */
	public static function head( $html ) {
		$tags = array(
			'link' => array(
				'rel'  => true,
				'href' => true,
			),
			'meta' => array(
				'name'     => true,
				'property' => true,
				'content'  => true,
			),
		);
		$data = '';
		if ( preg_match( '#<script type="application/ld\+json">(.*?)</script>#s', $html, $found ) ) {
			$html = str_replace( $found[0], '', $html );
			$read = json_decode( $found[1], true );
			$data = is_array( $read ) ? '<script type="application/ld+json">' . wp_json_encode( $read, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES ) . "</script>\n" : '';
		}
		return trim( wp_kses( self::without_scripts( $html ), $tags, array( 'http', 'https' ) ) ) . "\n" . $data;
	}

	/**
	 * HTML without scripts and what stands in them, which would be left as text.
	 *
	 * @param string $html HTML.
	 * @return string
	 */
	private static function without_scripts( $html ) {
		return (string) preg_replace( '#<script\b.*?(?:</script>|$)#is', '', $html );
	}
}

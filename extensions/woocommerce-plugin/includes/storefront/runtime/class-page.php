<?php
/**
 * What compiled templates see of the page that they are part of.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * Names that every template sees, other templates, and the filters that depend on the store.
 */
final class Page {

	/**
	 * Compiled templates by name, one function each.
	 *
	 * @var \Closure[]
	 */
	private static $templates = array();

	/**
	 * Liquid's global names.
	 *
	 * @var array
	 */
	private $globals;

	/**
	 * Where the scripts and styles are, without a slash at the end.
	 *
	 * @var string
	 */
	private $assets;

	/**
	 * What addresses of scripts and styles end with, so that a new version is not taken for the old one.
	 *
	 * @var string
	 */
	private $version;

	/**
	 * Language of the texts, two letters.
	 *
	 * @var string
	 */
	private $language;

	/**
	 * How amounts are written.
	 *
	 * @var Money_Format
	 */
	private $money;

	/**
	 * A page.
	 *
	 * @param array  $globals Liquid's global names; of `request` the language and of `shop` the pattern of amounts are used here.
	 * @param string $assets  Where the scripts and styles are.
	 * @param string $version Their version; '' = it is not told.
	 */
	public function __construct( array $globals, $assets, $version = '' ) {
		$this->globals  = $globals;
		$this->assets   = $assets;
		$this->version  = '' === $version ? '' : '?ver=' . rawurlencode( $version );
		$shop           = isset( $globals['shop'] ) ? $globals['shop'] : null;
		$request        = isset( $globals['request'] ) ? $globals['request'] : null;
		$language       = Values::text( Values::get( Values::get( $request, 'locale' ), 'iso_code' ) );
		$this->language = '' === $language ? Texts::FALLBACK : $language;
		$this->money    = new Money_Format( Values::text( Values::get( $shop, 'money_format' ) ) );
	}

	/**
	 * Prints a template with values of its own, which it sees beside the global names.
	 *
	 * @param string $template Name, without folder and ending.
	 * @param array  $given    Values by name.
	 * @return string
	 * @throws \InvalidArgumentException For a name that is none.
	 */
	public function render( $template, array $given ) {
		if ( ! isset( self::$templates[ $template ] ) ) {
			if ( ! preg_match( '/^[a-z]+(?:-[a-z]+)*$/D', $template ) ) {
				throw new \InvalidArgumentException( 'Not the name of a template.' );
			}
			self::$templates[ $template ] = require dirname( __DIR__, 3 ) . '/templates/' . $template . '.php';
		}
		$print = self::$templates[ $template ];
		return $print( $this, $given );
	}

	/**
	 * All names that a template sees at its beginning, one that was given before the global one, even where it is nil.
	 *
	 * @param array $given Values that were given to the template.
	 * @return array
	 */
	public function names( array $given ) {
		return $given + $this->globals;
	}

	/**
	 * A text in the language of the page.
	 *
	 * @param mixed $key    Name of the text.
	 * @param array $values Texts and numbers by the placeholder's name.
	 * @return string
	 */
	public function translate( $key, array $values = array() ) {
		return Texts::translate( $this->language, Values::text( $key ), $values );
	}

	/**
	 * An amount as the store writes it.
	 *
	 * @param mixed $hundredths Hundredths of the main unit, in every currency.
	 * @return string
	 */
	public function money( $hundredths ) {
		return $this->money->write( $hundredths );
	}

	/**
	 * Address of a script or stylesheet.
	 *
	 * @param mixed $name File.
	 * @return string
	 */
	public function asset_url( $name ) {
		return $this->assets . '/' . Values::text( $name ) . $this->version;
	}

	/**
	 * Address of a picture in a size.
	 *
	 * @param mixed $image Picture or its address.
	 * @param array $sizes Width or height in pixels.
	 * @return string
	 */
	public function image_url( $image, array $sizes = array() ) {
		if ( $image instanceof Image_Drop ) {
			return $image->url( isset( $sizes['width'] ) ? (int) $sizes['width'] : 0 );
		}
		$source = is_string( $image ) ? $image : Values::text( Values::get( $image, 'src' ) );
		return '' === $source || array() === $sizes ? $source : $source . '?' . http_build_query( $sizes );
	}
}

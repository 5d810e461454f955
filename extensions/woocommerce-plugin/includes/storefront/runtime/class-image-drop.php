<?php
/**
 * Liquid's `image`.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * A picture of the media library, in the sizes that the store has made of it.
 */
final class Image_Drop extends Drop {

	/**
	 * The attachment.
	 *
	 * @var int
	 */
	private $id;

	/**
	 * Addresses by width, once they were asked for.
	 *
	 * @var string[]|null
	 */
	private $files = null;

	/**
	 * A picture.
	 *
	 * @param int $id Attachment.
	 */
	public function __construct( $id ) {
		$this->id = $id;
	}

	/**
	 * Address of the smallest file that is about as wide, ready for an attribute; '' for a picture that is gone.
	 *
	 * @param int $width Pixels; 0 = the whole picture.
	 * @return string
	 */
	public function url( $width ) {
		if ( null === $this->files ) {
			$this->files = $this->files();
		}
		foreach ( $width > 0 ? $this->files : array() as $wide => $url ) {
			if ( $wide >= 0.9 * $width ) {
				return $url;
			}
		}
		return isset( $this->files[ PHP_INT_MAX ] ) ? $this->files[ PHP_INT_MAX ] : '';
	}

	/**
	 * Addresses by width, the narrowest first; the whole picture is the last one.
	 *
	 * @return string[]
	 */
	private function files() {
		$whole = wp_get_attachment_url( $this->id );
		if ( ! $whole ) {
			return array();
		}
		$data  = wp_get_attachment_metadata( $this->id );
		$files = array();
		foreach ( isset( $data['sizes'] ) && is_array( $data['sizes'] ) ? $data['sizes'] : array() as $name => $size ) {
			if ( empty( $size['width'] ) || empty( $size['file'] ) || isset( $files[ (int) $size['width'] ] ) ) {
				continue;
			}
			// Where another plugin serves the sizes it is asked; WordPress itself puts them beside the whole picture.
			$source = has_filter( 'image_downsize' ) ? wp_get_attachment_image_src( $this->id, $name ) : false;

			$files[ (int) $size['width'] ] = esc_url( $source ? $source[0] : str_replace( wp_basename( $whole ), $size['file'], $whole ) );
		}
		ksort( $files );
		return $files + array( PHP_INT_MAX => esc_url( $whole ) );
	}

	/**
	 * Works a value out.
	 *
	 * @param string $name Liquid's name.
	 * @return mixed
	 */
	protected function read( $name ) {
		switch ( $name ) {
			case 'src':
				return $this->url( 0 );
			case 'alt':
				return (string) get_post_meta( $this->id, '_wp_attachment_image_alt', true );
		}
		return null;
	}
}

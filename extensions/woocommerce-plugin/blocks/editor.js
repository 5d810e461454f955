/**
 * Shows our blocks in the editor: settings beside, and what the server renders as the preview. Names and settings come
 * from the server (window.trellisEditor), which reads them from the templates' schemas.
 */
( function ( blocks, blockEditor, components, element, ServerSideRender ) {
	const el = element.createElement;
	const { widgets, empty, productId } = window.trellisEditor;

	function control( setting, props ) {
		const value = props.attributes[ setting.id ];
		const base = {
			key: setting.id,
			label: setting.label,
			help: setting.info,
			__nextHasNoMarginBottom: true,
			__next40pxDefaultSize: true,
			onChange: ( next ) => props.setAttributes( { [ setting.id ]: next } ),
		};
		if ( setting.type === 'checkbox' ) {
			return el( components.ToggleControl, { ...base, checked: value ?? setting.default } );
		}
		if ( setting.type === 'range' ) {
			return el( components.RangeControl, { ...base, value: value ?? setting.default, min: setting.min, max: setting.max, step: setting.step } );
		}
		if ( setting.type === 'product' ) {
			return el( components.TextControl, {
				...base,
				type: 'number',
				min: 0,
				help: productId,
				value: value ?? '',
				onChange: ( next ) => props.setAttributes( { [ setting.id ]: Number( next ) || undefined } ),
			} );
		}
		return el( components.TextControl, { ...base, value: value ?? '' } );
	}

	for ( const widget of widgets ) {
		blocks.registerBlockType( widget.name, {
			title: widget.title,
			edit: ( props ) =>
				el(
					'div',
					blockEditor.useBlockProps(),
					widget.settings.length > 0 &&
						el(
							blockEditor.InspectorControls,
							null,
							el( components.PanelBody, { title: widget.title }, widget.settings.map( ( setting ) => control( setting, props ) ) )
						),
					el(
						components.Disabled,
						null,
						el( ServerSideRender, {
							block: widget.name,
							attributes: props.attributes,
							urlQueryArgs: props.context && props.context.postId ? { post_id: props.context.postId } : {},
							EmptyResponsePlaceholder: () => el( components.Placeholder, { label: widget.title, instructions: empty } ),
						} )
					)
				),
			save: () => null,
		} );
	}
} )( window.wp.blocks, window.wp.blockEditor, window.wp.components, window.wp.element, window.wp.serverSideRender );
